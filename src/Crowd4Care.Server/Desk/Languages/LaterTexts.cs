using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Languages;

/// <summary>Texts that are not written out where the desk says them: labels of the shipped model, and reasons that other modules give.</summary>
internal static class LaterTexts
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Key("language"), Key("sentiment"), Key("emotion"), Key("anger"), Key("toxicity"), Key("irony"), Key("complaint"), Key("intent"), Key("topic"), Key("urgent"), Key("spam"),
        Key("refund"), Key("technical"), Key("account"), Key("service"), Key("product"), Key("cancellation"), Key("billing"), Key("order"), Key("other"), Key("delivery"), Key("shipping"),
        Key("help"), Key("praise"), Key("question"), Key("request"), Key("suggestion"), Key("chat"), Key("negative"), Key("neutral"), Key("positive"), Key("none"), Key("joy"),
        Key("sadness"), Key("optimism"), Key("calm"), Key("clean"), Key("toxic"), Key("literal"), Key("no"), Key("yes"), Key("company"), Key("else"), Key("genuine"),
        Key("Not my topic"), Key("Not my language"), Key("Too busy"), Key("Needs staff"), Key("not my topic"), Key("not my language"), Key("too busy"), Key("needs staff"),
        Key("The customer was thankful"), Key("The customer's mood got better"), Key("The customer came back, in the same mood"), Key("The customer came back, in a worse mood"),
        Key("Somebody else closed it after the answer"), Key("Closed after the answer"), Key("The claim ran out"), Key("Handed to staff late"),
        Key("Answered"), Key("Resolved after the answer"), Key("Handed over rightly: staff took care of it"),
        Key("the customer's name"), Key("the customer's handle, with @"), Key("the name of who answers"), Key("the brand's name"), Key("the address of the page that fits the topic"),
    ];
}
