namespace Crowd4Care.State;

/// <summary>Reservations among the turns of this process.</summary>
internal sealed class InProcessReservations(TimeProvider clock) : IReservations
{
    /// <summary>A turn that takes longer has died, or the database decides.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Turn> turns = [];

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, int>> OfOthersAsync(Guid turnId)
    {
        lock (gate) return Task.FromResult(OfOthers(turnId));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, int>> TryReserveAsync(Guid turnId, IReadOnlyCollection<PlacesWanted> wanted)
    {
        lock (gate)
        {
            var others = OfOthers(turnId);
            var granted = wanted.ToDictionary(w => w.PersonId, w => w.Granted(others.GetValueOrDefault(w.PersonId)));
            turns[turnId] = new Turn(clock.GetUtcNow() + Lasts, granted);
            return Task.FromResult<IReadOnlyDictionary<Guid, int>>(granted);
        }
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Guid turnId)
    {
        lock (gate) turns.Remove(turnId);
        return Task.CompletedTask;
    }

    private IReadOnlyDictionary<Guid, int> OfOthers(Guid turnId)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, _) in turns.Where(t => t.Value.Until <= now).ToList())
            turns.Remove(id);
        return turns.Where(t => t.Key != turnId).SelectMany(t => t.Value.Places)
            .GroupBy(p => p.Key, p => p.Value).ToDictionary(g => g.Key, g => g.Sum());
    }

    private sealed record Turn(DateTimeOffset Until, IReadOnlyDictionary<Guid, int> Places);
}
