using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Languages;

/// <summary>Texts that are not written out where the desk says them: labels of the shipped model, and reasons that other modules give.</summary>
internal static class LaterTexts
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Key("language"), Key("sentiment"), Key("emotion"), Key("anger"), Key("reach"), Key("previous contact"), Key("free capacity"), Key("preferred skills"), Key("toxicity"), Key("irony"), Key("complaint"), Key("intent"), Key("topic"), Key("urgent"), Key("spam"),
        Key("refund"), Key("technical"), Key("account"), Key("service"), Key("product"), Key("cancellation"), Key("billing"), Key("order"), Key("other"), Key("delivery"), Key("shipping"),
        Key("help"), Key("praise"), Key("question"), Key("request"), Key("suggestion"), Key("chat"), Key("negative"), Key("neutral"), Key("positive"), Key("none"), Key("joy"),
        Key("sadness"), Key("optimism"), Key("calm"), Key("clean"), Key("toxic"), Key("literal"), Key("no"), Key("yes"), Key("company"), Key("else"), Key("genuine"),
        Key("Not my topic"), Key("Not my language"), Key("Too busy"), Key("Needs staff"), Key("not my topic"), Key("not my language"), Key("too busy"), Key("needs staff"),
        Key("The customer was thankful"), Key("The customer's mood got better"), Key("The customer came back, in the same mood"), Key("The customer came back, in a worse mood"),
        Key("Somebody else closed it after the answer"), Key("Closed after the answer"), Key("The claim ran out"), Key("Handed to staff late"),
        Key("Answered"), Key("Resolved after the answer"), Key("Handed over rightly: staff took care of it"),
        Key("the customer's name"), Key("the customer's handle, with @"), Key("the name of who answers"), Key("the brand's name"), Key("the address of the page that fits the topic"),
        Key("It answers; what is saved stays saved."),
        Key("The database does not answer. Nothing can be read or saved until it does; what was saved is safe."),
        Key("See that it runs, that its disk is not full, and that Storage:ConnectionString or Storage:DataDirectory is right."),
        Key("Messages wake up the next step at once."),
        Key("The message bus is not connected. What comes in is stored, and goes on when the bus is back; nothing is lost."),
        Key("See that the broker runs and that Bus:Url is right. Right after a start this passes by itself."),
        Key("What processes share is up to date."),
        Key("Redis does not answer, so each process goes on alone: pages refresh every 15 seconds instead of at once, who is present is what was known last, and each sender goes by a request budget of its own. Nothing is lost, and it mends itself."),
        Key("See that Redis runs and that State:Redis is right. Nothing has to be restored in it."),
        Key("It scores with the model that is live; what it says of mentions is much as it was."),
        Key("What the classifier says of mentions is unlike the two weeks before, or it can't read the model that is live and goes on with another."),
        Key("As admin, open Classifier: an event or a new channel explains a change; if neither does, label some mentions, and roll back a new model."),
    ];
}
