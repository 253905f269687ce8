namespace Crowd4Care.State;

/// <summary>
/// Who is at the desk now. Rebuilt by itself: an open desk says so every half minute, an API call each time. Answers at once, whatever
/// state the shared part is in.
/// </summary>
public interface IPresence
{
    /// <summary>Notes a sign of somebody.</summary>
    Task SeenAsync(Guid personId);

    /// <summary>Notes that somebody left this process; they may still be at a desk of another.</summary>
    Task LeftAsync(Guid personId);

    /// <summary>Everybody who is present.</summary>
    Task<IReadOnlySet<Guid>> PresentAsync();
}
