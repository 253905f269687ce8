namespace Crowd4Care.Routing;

/// <summary>
/// Decides whose offers end because they are not there to take them: at once for who said that they are away, and after a while for who is no
/// longer seen, because a desk that reconnects, or a process that just started, misses people for some seconds.
/// </summary>
internal sealed class AbsentPeople
{
    /// <summary>How long somebody must be missed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private Dictionary<Guid, DateTimeOffset> missedSince = [];

    /// <summary>Looks at those who have open offers.</summary>
    /// <param name="asked">All of them.</param>
    /// <param name="present">Who is seen now.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whose offers should end.</returns>
    public IReadOnlyList<Guid> Gone(IReadOnlyCollection<AskedPerson> asked, IReadOnlySet<Guid> present, DateTimeOffset now)
    {
        missedSince = asked.Where(p => !present.Contains(p.Id)).ToDictionary(p => p.Id, p => missedSince.GetValueOrDefault(p.Id, now));
        return [.. asked.Where(p => p.IsAway || (missedSince.TryGetValue(p.Id, out var since) && now - since >= Grace)).Select(p => p.Id)];
    }
}

/// <summary>Somebody who has open offers.</summary>
public sealed record AskedPerson
{
    /// <summary>Who.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whether they want none now, or may have none.</summary>
    public required bool IsAway { get; init; }
}
