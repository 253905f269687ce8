using Crowd4Care.Contracts;

namespace Crowd4Care.Engagement.Writing;

/// <summary>A text to begin an answer with.</summary>
public sealed record Template
{
    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 80;

    /// <summary>Longest text, in characters.</summary>
    public const int LongestText = 5000;

    /// <summary>Identifies it.</summary>
    public Guid Id { get; init; }

    /// <summary>What people pick it by; unique in the brand.</summary>
    public required string Name { get; init; }

    /// <summary>The text, with <see cref="Placeholders"/>.</summary>
    public required string Text { get; init; }

    /// <summary>Languages (BCP 47) that it is written in; none fits all.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Topics that it answers; none fits all.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>What is wrong with it, each with its property.</summary>
    public IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        if (Name.Length is 0 or > LongestName)
            mistakes.Add($"name: has {Name.Length} characters; 1 to {LongestName} are expected.");
        if (Text.Length is 0 or > LongestText)
            mistakes.Add($"text: has {Text.Length} characters; 1 to {LongestText} are expected.");
        foreach (var unknown in Placeholders.Unknown(Text))
            mistakes.Add($"text: {{{unknown}}} is no placeholder; {string.Join(", ", Placeholders.Known.Keys.Select(k => $"{{{k}}}"))} are.");
        foreach (var language in Languages.Where(l => !Skill.IsValid($"lang:{l}")))
            mistakes.Add($"languages: \"{language}\" is no language; write its code in small letters, such as en.");
        mistakes.AddRange(TopicMistakesIn(Topics));
        return mistakes;
    }

    /// <summary>What is wrong with a list of topics.</summary>
    internal static IEnumerable<string> TopicMistakesIn(IEnumerable<string> topics) =>
        topics.Where(t => !Skill.IsValid($"topic:{t}")).Select(topic => $"topics: \"{topic}\" is no topic; write it in small letters, such as order-status.");

    /// <summary>How well it fits a mention: 0 not at all, higher the more closely it was made for it.</summary>
    public int Fit(string? language, string? topic) => Fit(Languages, language) * Fit(Topics, topic);

    // What is made for everything fits less than what is made for this.
    internal static int Fit(IReadOnlyList<string> made, string? wanted) => made.Count == 0 ? 1 : wanted is not null && made.Contains(wanted) ? 2 : 0;
}
