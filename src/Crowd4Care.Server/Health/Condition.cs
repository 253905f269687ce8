namespace Crowd4Care.Server.Health;

/// <summary>How the program or a part of it is.</summary>
internal enum Condition
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, with less comfort or more slowly; nothing is lost.</summary>
    Degraded,

    /// <summary>Does not work.</summary>
    Down,
}

/// <summary>A part of the program.</summary>
/// <param name="Status">How it is.</param>
/// <param name="Since">Since when this process has seen it so.</param>
/// <param name="Means">What that means, in plain words. No addresses: everybody may read it.</param>
/// <param name="Do">What somebody should do about it.</param>
internal sealed record PartHealth(Condition Status, DateTimeOffset Since, string Means, string? Do);

/// <summary>The whole program.</summary>
/// <param name="Status">How it is as a whole: down when it can't do its work.</param>
/// <param name="Parts">By name: database, bus, state, classifier.</param>
internal sealed record SystemHealth(Condition Status, IReadOnlyDictionary<string, PartHealth> Parts);
