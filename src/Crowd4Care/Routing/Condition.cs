using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Crowd4Care.Routing;

/// <summary>A condition: everything that is given must hold.</summary>
public sealed record Condition
{
    /// <summary>Whether any part asks for the conversation.</summary>
    [JsonIgnore]
    public bool AsksForConversation => Has(static c => c.Conversation is not null);

    /// <summary>Whether any part asks for earlier contact with the author.</summary>
    [JsonIgnore]
    public bool AsksForContact => Has(static c => c.Author?.ContactedBefore is not null);

    /// <summary>All of these.</summary>
    [Description("All of these conditions hold.")]
    public IReadOnlyList<Condition>? All { get; init; }

    /// <summary>At least one of these.</summary>
    [Description("At least one of these conditions holds.")]
    public IReadOnlyList<Condition>? Any { get; init; }

    /// <summary>Not this.</summary>
    [Description("This condition does not hold.")]
    public Condition? Not { get; init; }

    /// <summary>On a score.</summary>
    [Description("A score of the mention.")]
    public ScoreCondition? Score { get; init; }

    /// <summary>The language, as scored.</summary>
    [Description("The language is one of these (ISO 639-1, or und).")]
    public IReadOnlyList<string>? Language { get; init; }

    /// <summary>The network.</summary>
    [Description("The network is one of these.")]
    public IReadOnlyList<string>? Network { get; init; }

    /// <summary>On the author.</summary>
    [Description("Who wrote it.")]
    public AuthorCondition? Author { get; init; }

    /// <summary>On the text.</summary>
    [Description("What the text says. Upper and lower case are the same.")]
    public TextCondition? Text { get; init; }

    /// <summary>On the conversation so far.</summary>
    [Description("The conversation that the mention belongs to.")]
    public ConversationCondition? Conversation { get; init; }

    /// <summary>On the time of the decision.</summary>
    [Description("The time at which the decision is made.")]
    public TimeCondition? Time { get; init; }

    /// <summary>A pure repost.</summary>
    [Description("Somebody only passes on another's post.")]
    public bool? Repost { get; init; }

    /// <summary>Written by the brand itself.</summary>
    [Description("Written by the brand's own account.")]
    public bool? OwnPost { get; init; }

    /// <summary>An answer to another post.</summary>
    [Description("The mention answers another post.")]
    public bool? Reply { get; init; }

    private bool Has(Func<Condition, bool> part) => part(this) || Not?.Has(part) == true || All?.Any(c => c.Has(part)) == true || Any?.Any(c => c.Has(part)) == true;
}

/// <summary>A condition on a score.</summary>
public sealed record ScoreCondition
{
    /// <summary>The head: language, sentiment, anger, toxicity, topic, …</summary>
    [Description("The head: language, sentiment, anger, toxicity, topic, …")]
    public required string Head { get; init; }

    /// <summary>The label whose probability counts.</summary>
    [Description("The label whose probability counts: anger, negative, toxic, billing, …")]
    public string? Label { get; init; }

    /// <summary>Whether the head is unsure of its answer.</summary>
    [Description("Whether the head is unsure: more than one in five answers as probable as this one is wrong. Without a label, this alone counts.")]
    public bool? Unsure { get; init; }

    /// <summary>Least probability; without it and <see cref="Below"/> the label must be the most probable.</summary>
    [Description("Least probability, 0 to 1. With neither atLeast nor below the label must be the most probable one.")]
    public double? AtLeast { get; init; }

    /// <summary>The probability must be under this.</summary>
    [Description("The probability is under this, 0 to 1.")]
    public double? Below { get; init; }
}

/// <summary>A condition on the author.</summary>
public sealed record AuthorCondition
{
    /// <summary>Least number of followers; an unknown number does not match.</summary>
    [Description("Least number of followers. An unknown number does not match.")]
    public int? FollowersAtLeast { get; init; }

    /// <summary>Whether the network says that the account is who it claims to be; where it says nothing, neither matches.</summary>
    [Description("The network says that the account is who it claims to be (true) or that it is not (false). Where it says nothing, neither matches.")]
    public bool? Verified { get; init; }

    /// <summary>Whether the account says of itself that a program writes its posts; where the network says nothing, neither matches.</summary>
    [Description("The account says that a program writes its posts (true) or that none does (false). Where the network says nothing, neither matches.")]
    public bool? Bot { get; init; }

    /// <summary>One of these handles.</summary>
    [Description("The handle is one of these, without @.")]
    public IReadOnlyList<string>? Handles { get; init; }

    /// <summary>On the list of this name.</summary>
    [Description("The handle is on this list; lists are named at the top of the document.")]
    public string? List { get; init; }

    /// <summary>Whether somebody of us answered this author before, in any conversation of the same network.</summary>
    [Description("Somebody of us answered this author before.")]
    public bool? ContactedBefore { get; init; }
}

/// <summary>A condition on the conversation so far.</summary>
public sealed record ConversationCondition
{
    /// <summary>Whether the same author wrote again after a mention in this conversation was answered or closed.</summary>
    [Description("The author writes again after an answer in the same conversation.")]
    public bool? Reopened { get; init; }

    /// <summary>Least number of turns: stored mentions, this one included, and our posted replies.</summary>
    [Description("Least number of turns: mentions of the conversation, this one included, and our posted replies.")]
    public int? TurnsAtLeast { get; init; }

    /// <summary>The number of turns is under this.</summary>
    [Description("The number of turns is under this.")]
    public int? TurnsBelow { get; init; }
}

/// <summary>A condition on the time of the decision.</summary>
public sealed record TimeCondition
{
    /// <summary>The name of a calendar that is open.</summary>
    [Description("The hours of this calendar; calendars are named at the top of the document.")]
    public string? Within { get; init; }

    /// <summary>The name of a calendar that is closed.</summary>
    [Description("Any time but the hours of this calendar.")]
    public string? Outside { get; init; }
}

/// <summary>A condition on the text.</summary>
public sealed record TextCondition
{
    /// <summary>At least one of these stands in it, as whole words.</summary>
    [Description("At least one of these words or phrases stands in the text.")]
    public IReadOnlyList<string>? ContainsAny { get; init; }

    /// <summary>All of these stand in it, as whole words.</summary>
    [Description("All of these words or phrases stand in the text.")]
    public IReadOnlyList<string>? ContainsAll { get; init; }

    /// <summary>A regular expression that matches somewhere; without look-around and back-references, so that it takes linear time.</summary>
    [Description("A regular expression (.NET, without look-around and back-references) that matches somewhere in the text.")]
    public string? Matches { get; init; }

    /// <summary>The expression of <see cref="Matches"/>, made once; it goes when the rule set goes.</summary>
    internal Regex? Expression => Matches is null ? null : field ??= TextPattern.Compile(Matches);
}
