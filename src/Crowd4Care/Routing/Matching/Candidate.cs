namespace Crowd4Care.Routing.Matching;

/// <summary>An advocate as the matcher sees them.</summary>
public sealed record Candidate
{
    /// <summary>Who.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name to show.</summary>
    public required string Name { get; init; }

    /// <summary>The login name.</summary>
    public required string Login { get; init; }

    /// <summary>Trust level, 0 to 4.</summary>
    public required int Trust { get; init; }

    /// <summary>How many mentions at once.</summary>
    public required int Capacity { get; init; }

    /// <summary>Places taken by open offers and claims now; grows while a batch is routed.</summary>
    public required int Load { get; set; }

    /// <summary>When the last offer was made to them; null when there was none.</summary>
    public DateTimeOffset? LastOfferAt { get; set; }

    /// <summary>Offers in this turn; grows while a batch is routed.</summary>
    public int OffersNow { get; set; }

    /// <summary>Says that no offers are wanted now.</summary>
    public bool IsAway { get; set; }

    /// <summary>When their quiet hours end, by their own clock; null when it is not quiet.</summary>
    public DateTimeOffset? QuietUntil { get; init; }

    /// <summary>How many they want in a day; null for any number.</summary>
    public int? DailyLimit { get; init; }

    /// <summary>How many of these are left today, what is offered to them now taken off; null for any number.</summary>
    public int? LeftToday { get; init; }

    /// <summary>How many more mentions that take so many places each can be offered to them, by capacity and by the day.</summary>
    public int RoomFor(int places) => Math.Min(FreePlaces / places, LeftToday is { } left ? left - OffersNow : int.MaxValue);

    /// <summary>How many places are free.</summary>
    internal int FreePlaces => Capacity - Load;

    /// <summary>Whether the next place to be free makes room for a mention that takes so many.</summary>
    internal bool IsOnePlaceShortOf(int places) => FreePlaces == places - 1 && Capacity >= places && !(LeftToday - OffersNow <= 0);

    /// <summary>Whether they want offers at this hour.</summary>
    public bool IsAwake => !IsAway && QuietUntil is null;

    /// <summary>Proficiency 0 to 1 by skill.</summary>
    public required IReadOnlyDictionary<string, double> Skills { get; init; }

    /// <summary>The free share of the capacity, 0 to 1.</summary>
    internal double FreeShare => Capacity > 0 ? (double)Math.Max(0, FreePlaces) / Capacity : 0;

    /// <summary>Proficiency in a skill, or <paramref name="otherwise"/> when nothing is said of it.</summary>
    public double Proficiency(string skill, double otherwise) => Skills.TryGetValue(skill, out var level) ? level : otherwise;
}
