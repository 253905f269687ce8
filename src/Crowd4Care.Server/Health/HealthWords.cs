namespace Crowd4Care.Server.Health;

/// <summary>What the condition of a part means, and what to do about it.</summary>
internal static class HealthWords
{
    public const string Database = "database";
    public const string Bus = "bus";
    public const string State = "state";
    public const string Classifier = "classifier";

    public static (string Means, string? Do) Of(string part, Condition condition) => (part, condition) switch
    {
        (Database, Condition.Ok) => ("It answers; what is saved stays saved.", null),
        (Database, _) => (
            "The database does not answer. Nothing can be read or saved until it does; what was saved is safe.",
            "See that it runs, that its disk is not full, and that Storage:ConnectionString or Storage:DataDirectory is right."),
        (Bus, Condition.Ok) => ("Messages wake up the next step at once.", null),
        (Bus, _) => (
            "The message bus is not connected. What comes in is stored, and goes on when the bus is back; nothing is lost.",
            "See that the broker runs and that Bus:Url is right. Right after a start this passes by itself."),
        (State, Condition.Ok) => ("What processes share is up to date.", null),
        (State, _) => (
            "Redis does not answer, so each process goes on alone: pages refresh every 15 seconds instead of at once, who is present is what was " +
            "known last, and each sender goes by a request budget of its own. Nothing is lost, and it mends itself.",
            "See that Redis runs and that State:Redis is right. Nothing has to be restored in it."),
        (Classifier, Condition.Ok) => ("It scores with the model that is live; what it says of mentions is much as it was.", null),
        (Classifier, _) => (
            "What the classifier says of mentions is unlike the two weeks before, or it can't read the model that is live and goes on with another.",
            "As admin, open Classifier: an event or a new channel explains a change; if neither does, label some mentions, and roll back a new model."),
        _ => ("", null),
    };
}
