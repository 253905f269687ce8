using System.Text.Json;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;

namespace Crowd4Care.Server.Desk.Shared;

/// <summary>The journal as sentences.</summary>
internal static class JournalWords
{
    public static string Of(JournalEntry entry, IReadOnlyDictionary<Guid, Person> people)
    {
        using var document = entry.Data is null ? null : JsonDocument.Parse(entry.Data);
        var data = document?.RootElement;
        var who = entry.ActorName ?? "Somebody";
        return entry.Kind switch
        {
            JournalKinds.Received => "Came in",
            JournalKinds.Classified => "Was read and scored",
            JournalKinds.Opened => "Given to the crowd",
            JournalKinds.Escalated when entry.ActorId is null => $"Given to staff, queue {Text(data, "queue") ?? Queues.Staff}",
            JournalKinds.Escalated => Sentence($"{who} handed it to staff", Text(data, "reason")),
            JournalKinds.Ignored => "Found to need no answer",
            JournalKinds.Offered => $"Offered to {Name(data, "personId", people)}",
            JournalKinds.Passed => Sentence($"{who} passed", Text(data, "reason")),
            JournalKinds.OfferExpired => $"{Name(data, "personId", people)} did not react in time",
            JournalKinds.Claimed => $"{who} took it",
            JournalKinds.Released => $"{who} gave it back",
            JournalKinds.ClaimExpired => $"The claim of {Name(data, "holder", people)} ran out",
            JournalKinds.HandedBack => Sentence($"{who} handed it back to the crowd", Text(data, "advice")),
            JournalKinds.ReplySubmitted => $"{who} sent a reply",
            JournalKinds.ReplyPosted when data is { } facts && facts.TryGetProperty("byHand", out _) => $"{who} answered by hand",
            JournalKinds.ReplyPosted => $"The reply of {who} stands on the network",
            JournalKinds.ReplyFailed => Sentence("The network refused the reply", Text(data, "reason")),
            JournalKinds.Resolved => $"{who} closed it",
            JournalKinds.Reopened => "The customer wrote again",
            JournalKinds.Deleted => "Deleted on the network; its text was purged here",
            JournalKinds.ScoreConfirmed => $"{who} confirmed the {Words.Plain(Text(data, "head"))}",
            JournalKinds.ScoreCorrected => $"{who} corrected the {Words.Plain(Text(data, "head"))}",
            JournalKinds.Noted => $"{who} wrote a note",
            _ => entry.Kind,
        };
    }

    private static string Sentence(string what, string? detail) => string.IsNullOrWhiteSpace(detail) ? what : $"{what}: “{detail}”";

    private static string? Text(JsonElement? data, string property) =>
        data is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Name(JsonElement? data, string property, IReadOnlyDictionary<Guid, Person> people) =>
        Guid.TryParse(Text(data, property), out var id) && people.TryGetValue(id, out var person) ? person.Name : "an advocate";
}
