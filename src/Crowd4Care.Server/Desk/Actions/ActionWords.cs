using Crowd4Care.Classification;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Says in a sentence why something was not done to a mention.</summary>
internal static class ActionWords
{
    /// <summary>The mention is not there.</summary>
    public static string Gone => Say("There is no such mention any more.");

    /// <summary>The claim is not the person's.</summary>
    public static string NotHeld => Say("It isn't yours any more, or a reply is on its way.");

    /// <summary>The claim is somebody else's.</summary>
    public static string TakenOver => Say("Somebody else has it, or a reply is on its way.");

    /// <summary>A hidden field of the form is missing.</summary>
    public static string Incomplete => Say("The form is incomplete. Load the page again.");

    public static string Explain(ClaimResult result) => result.Outcome switch
    {
        ClaimOutcome.NotFound => Gone,
        ClaimOutcome.Taken => Phrase($"{result.Holder ?? Say("Somebody")} was faster: it is theirs now."),
        ClaimOutcome.Reserved => Phrase($"It is offered to {result.Holder ?? Say("somebody else")} just now. If they pass, it comes back."),
        ClaimOutcome.WithStaff => Say("Staff take care of this one."),
        ClaimOutcome.TooMany => Say("You hold as many as one person may. Answer or give back one first."),
        _ => Say("It is closed already, or not ready yet."),
    };

    public static string Explain(StaffOutcome outcome) => outcome switch
    {
        StaffOutcome.NotFound => Gone,
        StaffOutcome.NotYours => TakenOver,
        _ => Say("That isn't possible in its present state."),
    };

    public static string Explain(CorrectionOutcome outcome) => outcome switch
    {
        CorrectionOutcome.NotYours => Say("Claim it first: advocates say it of what they claimed."),
        CorrectionOutcome.UnknownLabel => Say("Choose what is right first."),
        _ => Say("Its score is gone, or the post was deleted."),
    };

}
