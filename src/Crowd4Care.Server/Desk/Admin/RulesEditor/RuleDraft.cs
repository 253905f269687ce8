using Crowd4Care.Routing.Editing;

namespace Crowd4Care.Server.Desk.Admin.RulesEditor;

/// <summary>A rule set while it is edited: the text, what forms can show of it, and what is to be said about it.</summary>
public sealed record RuleDraft
{
    /// <summary>The text.</summary>
    public required string Document { get; init; }

    /// <summary>What the text is compared with.</summary>
    public required string InForce { get; init; }

    /// <summary>What forms can show; null when the text is not JSON.</summary>
    public RuleDocument? Rules { get; init; }

    /// <summary>The form that is open: the number of a rule from 0, or <see cref="RuleEditing.Settings"/>.</summary>
    public string? Open { get; init; }

    /// <summary>The text before the last change by forms; empty for none.</summary>
    public string Previous { get; init; } = "";

    /// <summary>The id of what the person goes on with after an action.</summary>
    public string? Focus { get; init; }

    /// <summary>The button of the page that was pressed; null while somebody edits.</summary>
    public string? Pressed { get; init; }

    /// <summary>What has to be said about the action itself; null for nothing.</summary>
    public string? Trouble { get; init; }

    /// <summary>Mistakes and warnings, in the order of the document's check.</summary>
    public IReadOnlyList<RuleNote> Notes { get; init; } = [];

    /// <summary>What the installation knows by name.</summary>
    public required RuleHints Hints { get; init; }

    /// <summary>How many mistakes there are.</summary>
    public int Mistakes => Notes.Count(n => n.IsMistake);

    /// <summary>Whether the text is another than the one in force.</summary>
    public bool Differs => Document.TrimEnd() != InForce.ReplaceLineEndings("\n").TrimEnd();

    /// <summary>What is to be said about a rule.</summary>
    /// <param name="rule">From 0.</param>
    public IEnumerable<RuleNote> NotesOf(int rule) => Notes.Where(n => n.Rule == rule);
}

/// <summary>A mistake or a warning with its place.</summary>
/// <param name="Path">The JSON path.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="IsMistake">Whether it stands in the way of publishing.</param>
/// <param name="Line">The line of the text, from 1.</param>
/// <param name="Rule">The rule that it is about, from 0; null for none.</param>
public sealed record RuleNote(string Path, string Message, bool IsMistake, int Line, int? Rule)
{
    /// <summary>The path within its rule, as people read it; empty for the rule itself.</summary>
    public string Within => Rule is null ? Path : Path[(Path.IndexOf(']', StringComparison.Ordinal) + 1)..].TrimStart('.');
}
