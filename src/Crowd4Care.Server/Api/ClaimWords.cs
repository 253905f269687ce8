using Crowd4Care.Engagement;

namespace Crowd4Care.Server.Api;

/// <summary>Says in a sentence why a claim was not given.</summary>
internal static class ClaimWords
{
    public static string Explain(ClaimResult result) => result.Outcome switch
    {
        ClaimOutcome.Taken => $"{result.Holder ?? "Somebody"} has claimed it.",
        ClaimOutcome.Reserved => $"It is offered to {result.Holder ?? "another advocate"} just now.",
        ClaimOutcome.WithStaff => "Staff have it.",
        ClaimOutcome.TooMany => "You have too many claims; answer or release some first.",
        ClaimOutcome.Closed when result.Holder is not null => $"It can't be claimed: {result.Holder} had it, and it is {result.Status?.ToString().ToLowerInvariant()} now.",
        ClaimOutcome.Closed => $"It can't be claimed: it is {result.Status?.ToString().ToLowerInvariant()}.",
        ClaimOutcome.NotFound => "There is no such mention.",
        _ => "It is yours.",
    };
}
