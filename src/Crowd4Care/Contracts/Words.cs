using System.Text.RegularExpressions;

namespace Crowd4Care.Contracts;

/// <summary>What a person may do.</summary>
public enum Role
{
    /// <summary>A community member who answers.</summary>
    Advocate,

    /// <summary>Staff who take escalations.</summary>
    Agent,

    /// <summary>Staff who also tune rules, people and channels.</summary>
    Admin,
}

/// <summary>Skills are written <c>kind:value</c>, in lower case: <c>topic:billing</c>, <c>product:router-x</c>, <c>lang:es</c>.</summary>
public static partial class Skill
{
    /// <summary>The kind for languages; values are ISO 639-1 codes.</summary>
    public const string LanguageKind = "lang";

    /// <summary>The kind for topics, as classification names them.</summary>
    public const string TopicKind = "topic";

    /// <summary>The proficiency of who says nothing of a topic: they may still know it.</summary>
    public const double Undeclared = 0.2;

    /// <summary>The skill of speaking a language.</summary>
    public static string Language(string code) => $"{LanguageKind}:{code}";

    /// <summary>The skill of knowing a topic.</summary>
    public static string Topic(string topic) => $"{TopicKind}:{topic}";

    /// <summary>Whether a text is a well-formed skill.</summary>
    public static bool IsValid(string? text) => text is not null && Form().IsMatch(text);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,30}:[a-z0-9][a-z0-9._-]{0,60}$")]
    private static partial Regex Form();
}

/// <summary>Names of staff queues that the product itself uses.</summary>
public static class Queues
{
    /// <summary>Where escalations go unless a rule names another.</summary>
    public const string Staff = "staff";

    /// <summary>Where mentions go that no advocate took in time.</summary>
    public const string Overflow = "overflow";
}
