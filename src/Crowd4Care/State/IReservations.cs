namespace Crowd4Care.State;

/// <summary>
/// Places of advocates that a router is about to give away, but has not stored yet. They keep two routers that decide at the same time
/// from giving the same last place; that it can't happen is the database's matter. A reservation ends by itself after a while.
/// </summary>
public interface IReservations
{
    /// <summary>How many places of each person turns other than this one hold. Ask before the loads are read.</summary>
    Task<IReadOnlyDictionary<Guid, int>> OfOthersAsync(Guid turnId);

    /// <summary>Reserves for a turn as many of the wanted places as are free, in place of what it held; answers how many for each person.</summary>
    Task<IReadOnlyDictionary<Guid, int>> TryReserveAsync(Guid turnId, IReadOnlyCollection<PlacesWanted> wanted);

    /// <summary>Ends what a turn holds: it is stored now, or came to nothing.</summary>
    Task ReleaseAsync(Guid turnId);
}

/// <summary>Places of one advocate that a turn wants.</summary>
/// <param name="PersonId">Whose.</param>
/// <param name="Count">How many.</param>
/// <param name="Load">How many are taken as the database knows.</param>
/// <param name="Capacity">How many there are.</param>
public sealed record PlacesWanted(Guid PersonId, int Count, int Load, int Capacity)
{
    /// <summary>How many of them can be had when others hold some.</summary>
    public int Granted(int heldByOthers) => Math.Clamp(Capacity - Load - heldByOthers, 0, Count);
}
