namespace Crowd4Care.Storage;

/// <summary>Makes identifiers.</summary>
public static class Ids
{
    /// <summary>A new UUID v7: sorts by the time of <paramref name="clock"/>.</summary>
    public static Guid New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
#pragma warning disable RS0030 // The one place that may: with the time of the given clock.
        return Guid.CreateVersion7(clock.GetUtcNow());
#pragma warning restore RS0030
    }
}
