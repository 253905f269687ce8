using Crowd4Care.Classification;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Says in a sentence why something was not done to a mention.</summary>
internal static class ActionWords
{
    public static string Explain(ClaimResult result) => result.Outcome switch
    {
        ClaimOutcome.NotFound => Say("There is no such mention any more."),
        ClaimOutcome.Taken => Phrase($"{result.Holder ?? Say("Somebody")} was faster: it is theirs now."),
        ClaimOutcome.Reserved => Phrase($"It is offered to {result.Holder ?? Say("somebody else")} just now. If they pass, it comes back."),
        ClaimOutcome.WithStaff => Say("Staff take care of this one."),
        ClaimOutcome.TooMany => Say("You hold as many as one person may. Answer or give back one first."),
        _ => Say("It is closed already, or not ready yet."),
    };

    public static string Explain(StaffOutcome outcome) => outcome switch
    {
        StaffOutcome.NotFound => Say("There is no such mention any more."),
        StaffOutcome.NotYours => Say("Somebody else has it, or a reply is on its way."),
        _ => Say("That isn't possible in its present state."),
    };

    public static string Explain(CorrectionOutcome outcome) => outcome switch
    {
        CorrectionOutcome.NotYours => Say("Claim it first: advocates say it of what they claimed."),
        CorrectionOutcome.UnknownLabel => Say("Choose what is right first."),
        _ => Say("Its score is gone, or the post was deleted."),
    };

    /// <summary>Why it could not be given back.</summary>
    public static string NotHeld => Say("It isn't yours any more, or a reply is on its way.");
}
