using System.Text.Json;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Shared;

/// <summary>The journal as sentences.</summary>
internal static class JournalWords
{
    public static string Of(JournalEntry entry, IReadOnlyDictionary<Guid, Person> people)
    {
        using var document = entry.Data is null ? null : JsonDocument.Parse(entry.Data);
        var data = document?.RootElement;
        var who = entry.ActorName ?? Say("Somebody");
        return entry.Kind switch
        {
            JournalKinds.Received => Say("Came in"),
            JournalKinds.Classified => Say("Was read and scored"),
            JournalKinds.Opened => Say("Given to the crowd"),
            JournalKinds.Escalated when entry.ActorId is null => Phrase($"Given to staff, queue {Text(data, "queue") ?? Queues.Staff}"),
            JournalKinds.Escalated => Sentence(Phrase($"{who} handed it to staff"), Text(data, "reason")),
            JournalKinds.Ignored => Say("Found to need no answer"),
            JournalKinds.Offered => Phrase($"Offered to {Name(data, "personId", people)}"),
            JournalKinds.Passed => Sentence(Text(data, "code") is { } code && code != "other" ? Phrase($"{who} passed: {Words.Plain(code)}") : Phrase($"{who} passed"), Text(data, "reason")),
            JournalKinds.OfferTaken => Phrase($"Somebody was faster than {Name(data, "personId", people)}"),
            JournalKinds.OfferWithdrawn => Phrase($"{Name(data, "personId", people)} is away; the offer ended"),
            JournalKinds.ClaimExtended => Phrase($"{who} keeps it longer"),
            JournalKinds.OfferExpired => Phrase($"{Name(data, "personId", people)} did not react in time"),
            JournalKinds.Claimed => Phrase($"{who} took it"),
            JournalKinds.Released => Phrase($"{who} gave it back"),
            JournalKinds.ClaimExpired => Phrase($"The claim of {Name(data, "holder", people)} ran out"),
            JournalKinds.ClaimWithdrawn => Phrase($"{Name(data, "holder", people)} was suspended; the claim ended"),
            JournalKinds.HandedBack => Sentence(Phrase($"{who} handed it back to the crowd"), Text(data, "advice")),
            JournalKinds.ReplySubmitted => Phrase($"{who} sent a reply"),
            JournalKinds.ReplyAwaitsApproval => Phrase($"{who} wrote a reply; it waits for approval"),
            JournalKinds.ReplyApproved when data is { } approval && approval.TryGetProperty("edited", out var edited) && edited.ValueKind == JsonValueKind.True =>
                Phrase($"{who} edited and approved the reply of {Name(data, "personId", people)}"),
            JournalKinds.ReplyApproved => Phrase($"{who} approved the reply of {Name(data, "personId", people)}"),
            JournalKinds.ReplyRejected => Sentence(Phrase($"{who} gave the reply of {Name(data, "personId", people)} back"), Text(data, "reason")),
            JournalKinds.ReplyUndone => Phrase($"{who} took the reply back"),
            JournalKinds.ReplyPosted when data is { } facts && facts.TryGetProperty("byHand", out _) => Phrase($"{who} answered by hand"),
            JournalKinds.ReplyPosted => Phrase($"The reply of {who} stands on the network"),
            JournalKinds.ReplyFailed => Sentence(Say("The network refused the reply"), Text(data, "reason")),
            JournalKinds.Resolved => Phrase($"{who} closed it"),
            JournalKinds.Merged => Phrase($"{who} closed it as a duplicate"),
            JournalKinds.Unmerged => Phrase($"{who} took it apart from what it was a duplicate of"),
            JournalKinds.Reopened => Say("The customer wrote again"),
            JournalKinds.MoodChanged => Mood(Sql.FromJson<MoodFact>(entry.Data!)),
            JournalKinds.Deleted => Say("Deleted on the network; its text was purged here"),
            JournalKinds.ScoreConfirmed => Phrase($"{who} confirmed the {Words.Plain(Text(data, "head"))}"),
            JournalKinds.ScoreCorrected => Phrase($"{who} corrected the {Words.Plain(Text(data, "head"))}"),
            JournalKinds.QuestionAsked => Sentence(Phrase($"{who} asked staff"), Text(data, "question")),
            JournalKinds.QuestionAnswered => Sentence(Phrase($"{who} answered {Name(data, "personId", people)}"), Text(data, "answer")),
            JournalKinds.Noted => Phrase($"{who} wrote a note"),
            JournalKinds.PersonChanged => Person(who, data, people),
            JournalKinds.AvailabilityChanged when data is { } wish && wish.TryGetProperty("away", out var away) =>
                Say(away.ValueKind == JsonValueKind.True ? "{0} wants no offers now" : "{0} wants offers again", Name(data, "personId", people)),
            JournalKinds.AvailabilityChanged => Phrase($"{Name(data, "personId", people)} said when they want offers"),
            JournalKinds.RulesPublished => Phrase($"{who} published version {data?.GetProperty("version")} of the rules"),
            JournalKinds.BrandChanged when Text(data, "setting") is { } setting => Phrase($"{who} changed {Setting(setting)}: {Value(data, "from")} → {Value(data, "to")}"),
            JournalKinds.BrandChanged => Phrase($"{who} changed a setting of the brand"),
            JournalKinds.ChannelChanged => Phrase($"{who} changed a channel"),
            JournalKinds.HeadChanged => Phrase($"{who} changed what is asked of mentions: {Words.Plain(Text(data, "name"))}"),
            JournalKinds.ModelPromoted => Phrase($"{who} put model {Text(data, "version")} live"),
            _ => entry.Kind,
        };
    }

    /// <summary>A kind in words, for a choice: <c>offer.made</c> is Offer: made.</summary>
    public static string Kind(string kind) => Words.Capital(Words.Plain(kind).Replace(".", ": ", StringComparison.Ordinal));

    /// <summary>Everybody whom entries may name.</summary>
    public static IReadOnlyCollection<Guid> People(IEnumerable<JournalEntry> entries) =>
        [.. entries.SelectMany(e => Numbers.In(e.Data)).Distinct()];

    private static string Person(string who, JsonElement? data, IReadOnlyDictionary<Guid, Person> people)
    {
        var whom = Guid.TryParse(Text(data, "id"), out var id) && people.TryGetValue(id, out var person) ? person.Name : Text(data, "login") ?? Say("somebody");
        return Text(data, "change") switch
        {
            "added" => Phrase($"{whom} was added"),
            "suspended" => Sentence(Phrase($"{who} suspended {whom}"), Text(data, "reason")),
            "reinstated" => Phrase($"{who} lifted the suspension of {whom}"),
            "invited" => Phrase($"{who} invited {Text(data, "forWhom") ?? Say("somebody")} as {Words.Role(Text(data, "role"))}"),
            "invitation-withdrawn" => Phrase($"{who} withdrew an invitation"),
            _ => Phrase($"{who} changed {whom}"),
        };
    }

    private static string Setting(string setting) => setting switch
    {
        "name" => Say("the brand’s name"),
        "signature" => Say("the signature"),
        "undoSeconds" => Say("the seconds to take a reply back"),
        "approvalBelowTrust" => Say("below which trust replies wait for approval"),
        "claimMinutes" => Say("the minutes that a claim lasts"),
        "ignoredOffers" => Say("the offers in a row that may run out"),
        "keepDays" => Say("the days that conversations are kept"),
        _ => Words.Plain(setting),
    };

    // A setting that nobody set has no value there.
    private static string Value(JsonElement? data, string name) =>
        data is { } found && found.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ValueKind == JsonValueKind.String ? $"“{value.GetString()}”" : value.ToString()
            : Say("as usual");

    private static string Mood(MoodFact fact) => fact switch
    {
        { Mood: MoodShift.Worse } => Say("The customer's mood is worse than before the answer"),
        { Thanked: true } => Say("The customer is thankful"),
        { Mood: MoodShift.Better } => Say("The customer's mood is better than before the answer"),
        _ => Say("The customer's mood is as before the answer"),
    };

    private static string Sentence(string what, string? detail) => string.IsNullOrWhiteSpace(detail) ? what : $"{what}: “{detail}”";

    private static string? Text(JsonElement? data, string property) =>
        data is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Name(JsonElement? data, string property, IReadOnlyDictionary<Guid, Person> people) =>
        Guid.TryParse(Text(data, property), out var id) && people.TryGetValue(id, out var person) ? person.Name : Say("an advocate");
}
