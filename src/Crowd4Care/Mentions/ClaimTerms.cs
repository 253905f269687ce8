namespace Crowd4Care.Mentions;

/// <summary>What a rule says of claims on a mention.</summary>
public sealed record ClaimTerms
{
    /// <summary>Where no rule says anything: as long as claims last here, and one place.</summary>
    public static ClaimTerms Usual { get; } = new();

    /// <summary>How long a claim lasts, in minutes; null for as long as claims last here.</summary>
    public double? Minutes { get; init; }

    /// <summary>How many places of the claimer's capacity it takes.</summary>
    public int Places { get; init; } = 1;

    /// <summary>The places for a journal entry, which says nothing of the usual one.</summary>
    internal static int? Unusual(int places) => places == 1 ? null : places;
}
