using System.Text.Json;
using System.Text.RegularExpressions;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;

namespace Crowd4Care.Server.Desk.Shared;

/// <summary>The journal as sentences.</summary>
internal static partial class JournalWords
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
            JournalKinds.Passed => Sentence(Text(data, "code") is { } code && code != "other" ? $"{who} passed: {Words.Plain(code)}" : $"{who} passed", Text(data, "reason")),
            JournalKinds.OfferTaken => $"Somebody was faster than {Name(data, "personId", people)}",
            JournalKinds.OfferWithdrawn => $"{Name(data, "personId", people)} is away; the offer ended",
            JournalKinds.ClaimExtended => $"{who} keeps it longer",
            JournalKinds.OfferExpired => $"{Name(data, "personId", people)} did not react in time",
            JournalKinds.Claimed => $"{who} took it",
            JournalKinds.Released => $"{who} gave it back",
            JournalKinds.ClaimExpired => $"The claim of {Name(data, "holder", people)} ran out",
            JournalKinds.ClaimWithdrawn => $"{Name(data, "holder", people)} was suspended; the claim ended",
            JournalKinds.HandedBack => Sentence($"{who} handed it back to the crowd", Text(data, "advice")),
            JournalKinds.ReplySubmitted => $"{who} sent a reply",
            JournalKinds.ReplyAwaitsApproval => $"{who} wrote a reply; it waits for approval",
            JournalKinds.ReplyApproved when data is { } approval && approval.TryGetProperty("edited", out var edited) && edited.ValueKind == JsonValueKind.True =>
                $"{who} edited and approved the reply of {Name(data, "personId", people)}",
            JournalKinds.ReplyApproved => $"{who} approved the reply of {Name(data, "personId", people)}",
            JournalKinds.ReplyRejected => Sentence($"{who} gave the reply of {Name(data, "personId", people)} back", Text(data, "reason")),
            JournalKinds.ReplyUndone => $"{who} took the reply back",
            JournalKinds.ReplyPosted when data is { } facts && facts.TryGetProperty("byHand", out _) => $"{who} answered by hand",
            JournalKinds.ReplyPosted => $"The reply of {who} stands on the network",
            JournalKinds.ReplyFailed => Sentence("The network refused the reply", Text(data, "reason")),
            JournalKinds.Resolved => $"{who} closed it",
            JournalKinds.Merged => $"{who} closed it as a duplicate",
            JournalKinds.Unmerged => $"{who} took it apart from what it was a duplicate of",
            JournalKinds.Reopened => "The customer wrote again",
            JournalKinds.MoodChanged => Mood(Sql.FromJson<MoodFact>(entry.Data!)),
            JournalKinds.Deleted => "Deleted on the network; its text was purged here",
            JournalKinds.ScoreConfirmed => $"{who} confirmed the {Words.Plain(Text(data, "head"))}",
            JournalKinds.ScoreCorrected => $"{who} corrected the {Words.Plain(Text(data, "head"))}",
            JournalKinds.QuestionAsked => Sentence($"{who} asked staff", Text(data, "question")),
            JournalKinds.QuestionAnswered => Sentence($"{who} answered {Name(data, "personId", people)}", Text(data, "answer")),
            JournalKinds.Noted => $"{who} wrote a note",
            JournalKinds.PersonChanged => Person(who, data, people),
            JournalKinds.AvailabilityChanged when data is { } wish && wish.TryGetProperty("away", out var away) =>
                $"{Name(data, "personId", people)} wants {(away.ValueKind == JsonValueKind.True ? "no offers now" : "offers again")}",
            JournalKinds.AvailabilityChanged => $"{Name(data, "personId", people)} said when they want offers",
            JournalKinds.RulesPublished => $"{who} published version {data?.GetProperty("version")} of the rules",
            JournalKinds.BrandChanged when Text(data, "setting") is { } setting => $"{who} changed {Setting(setting)}: {Value(data, "from")} → {Value(data, "to")}",
            JournalKinds.BrandChanged => $"{who} changed a setting of the brand",
            JournalKinds.ChannelChanged => $"{who} changed a channel",
            JournalKinds.HeadChanged => $"{who} changed what is asked of mentions: {Words.Plain(Text(data, "name"))}",
            JournalKinds.ModelPromoted => $"{who} put model {Text(data, "version")} live",
            _ => entry.Kind,
        };
    }

    /// <summary>A kind in words, for a choice: <c>offer.made</c> is Offer: made.</summary>
    public static string Kind(string kind) => Words.Capital(Words.Plain(kind).Replace(".", ": ", StringComparison.Ordinal));

    /// <summary>Everybody whom entries may name.</summary>
    public static IReadOnlyCollection<Guid> People(IEnumerable<JournalEntry> entries) =>
        [.. entries.SelectMany(e => Number.Matches(e.Data ?? "")).Select(m => Guid.Parse(m.Value)).Distinct()];

    private static string Person(string who, JsonElement? data, IReadOnlyDictionary<Guid, Person> people)
    {
        var whom = Guid.TryParse(Text(data, "id"), out var id) && people.TryGetValue(id, out var person) ? person.Name : Text(data, "login") ?? "somebody";
        return Text(data, "change") switch
        {
            "added" => $"{whom} was added",
            "suspended" => Sentence($"{who} suspended {whom}", Text(data, "reason")),
            "reinstated" => $"{who} lifted the suspension of {whom}",
            "invited" => $"{who} invited {Text(data, "forWhom") ?? "somebody"} as {Text(data, "role")}",
            "invitation-withdrawn" => $"{who} withdrew an invitation",
            _ => $"{who} changed {whom}",
        };
    }

    private static string Setting(string setting) => setting switch
    {
        "name" => "the brand’s name",
        "signature" => "the signature",
        "undoSeconds" => "the seconds to take a reply back",
        "approvalBelowTrust" => "below which trust replies wait for approval",
        "claimMinutes" => "the minutes that a claim lasts",
        "ignoredOffers" => "the offers in a row that may run out",
        "keepDays" => "the days that conversations are kept",
        _ => Words.Plain(setting),
    };

    // A setting that nobody set has no value there.
    private static string Value(JsonElement? data, string name) =>
        data is { } found && found.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ValueKind == JsonValueKind.String ? $"“{value.GetString()}”" : value.ToString()
            : "as usual";

    private static string Mood(MoodFact fact) => fact switch
    {
        { Mood: MoodShift.Worse } => "The customer's mood is worse than before the answer",
        { Thanked: true } => "The customer is thankful",
        { Mood: MoodShift.Better } => "The customer's mood is better than before the answer",
        _ => "The customer's mood is as before the answer",
    };

    private static string Sentence(string what, string? detail) => string.IsNullOrWhiteSpace(detail) ? what : $"{what}: “{detail}”";

    private static string? Text(JsonElement? data, string property) =>
        data is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Name(JsonElement? data, string property, IReadOnlyDictionary<Guid, Person> people) =>
        Guid.TryParse(Text(data, property), out var id) && people.TryGetValue(id, out var person) ? person.Name : "an advocate";

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex Number { get; }
}
