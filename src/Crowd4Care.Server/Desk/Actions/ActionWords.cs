using Crowd4Care.Classification;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Says in a sentence why something was not done to a mention.</summary>
internal static class ActionWords
{
    public static string Explain(ClaimResult result) => result.Outcome switch
    {
        ClaimOutcome.NotFound => "There is no such mention any more.",
        ClaimOutcome.Taken => $"{result.Holder ?? "Somebody"} was faster: it is theirs now.",
        ClaimOutcome.Reserved => $"It is offered to {result.Holder ?? "somebody else"} just now. If they pass, it comes back.",
        ClaimOutcome.WithStaff => "Staff take care of this one.",
        ClaimOutcome.TooMany => "You hold as many as one person may. Answer or give back one first.",
        _ => "It is closed already, or not ready yet.",
    };

    public static string Explain(StaffOutcome outcome) => outcome switch
    {
        StaffOutcome.NotFound => "There is no such mention any more.",
        StaffOutcome.NotYours => "Somebody else has it, or a reply is on its way.",
        _ => "That isn't possible in its present state.",
    };

    public static string Explain(CorrectionOutcome outcome) => outcome switch
    {
        CorrectionOutcome.NotYours => "Claim it first: advocates say it of what they claimed.",
        CorrectionOutcome.UnknownLabel => "Choose what is right first.",
        _ => "Its score is gone, or the post was deleted.",
    };

    /// <summary>Why it could not be given back.</summary>
    public const string NotHeld = "It isn't yours any more, or a reply is on its way.";
}
