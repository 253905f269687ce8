using System.Globalization;
using System.Text.Json.Nodes;

namespace Crowd4Care.Routing.Editing;

/// <summary>A turn of editing: a document, the form that was open in it with what was written there, and what to do.</summary>
/// <param name="Document">The text of the document, as it is now; somebody may have changed it by hand.</param>
/// <param name="Do">What to do: a verb of <see cref="RuleEditing"/>, with what it is about behind a colon; anything else only takes over the form.</param>
public sealed record RuleEdit(string Document, string Do = "")
{
    /// <summary>The form that was open: the number of a rule from 0, <see cref="RuleEditing.Settings"/>, or null for none.</summary>
    public string? Open { get; init; }

    /// <summary>What the open form showed, as text: where the document says something else by now, somebody changed it by hand.</summary>
    public string OpenText { get; init; } = "";

    /// <summary>What was written into the form.</summary>
    public PostedFields Fields { get; init; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>The document before the last change by forms; empty for none.</summary>
    public string Previous { get; init; } = "";
}

/// <summary>What comes of a turn.</summary>
/// <param name="Document">The text of the document.</param>
/// <param name="Open">The form that is open now.</param>
/// <param name="Previous">The document before the last change by forms; empty for none.</param>
public sealed record RuleEdited(string Document, string? Open, string Previous)
{
    /// <summary>The rule that a change was about, from 0: where the person goes on.</summary>
    public int? At { get; init; }

    /// <summary>The place of a row that was added.</summary>
    public string? Added { get; init; }

    /// <summary>Whether form and text of the same thing were changed at once, and the text counts.</summary>
    public bool IsTorn { get; init; }

    /// <summary>Whether the text is nothing that forms can change.</summary>
    public bool IsUnreadable { get; init; }
}

/// <summary>What forms do to the text of a rule set. Pure: the same turn gives the same document, and what a turn does not name keeps every character.</summary>
public static class RuleEditing
{
    /// <summary>The form of what is said beside the rules.</summary>
    public const string Settings = "settings";

    /// <summary>Takes a turn.</summary>
    public static RuleEdited Apply(RuleEdit edit)
    {
        if (edit.Do == "undo" && edit.Previous.Length > 0)
            return new RuleEdited(edit.Previous, null, "");
        if (RuleDocument.Read(edit.Document) is not { } document)
            return new RuleEdited(edit.Document, edit.Open, edit.Previous) { IsUnreadable = true };

        var (filled, isTorn) = Fill(document, edit);
        var (verb, about) = edit.Do.Split(':', 2) is [var first, var rest] ? (first, rest) : (edit.Do, "");
        var done = Do(filled, edit, verb, about);
        var text = done.Document;
        return done with { Previous = text == edit.Document ? edit.Previous : edit.Document, IsTorn = isTorn };
    }

    /// <summary>What an open form shows, as text.</summary>
    public static string OpenTextOf(RuleDocument document, string? open) =>
        open == Settings ? SettingsText(document) : Index(open) is { } index ? document.RuleText(index) : "";

    private static (RuleDocument Document, bool IsTorn) Fill(RuleDocument document, RuleEdit edit)
    {
        if (edit.Open is null || edit.OpenText.Length == 0)
            return (document, false);

        var isAsShown = OpenTextOf(document, edit.Open) == edit.OpenText;
        if (edit.Open == Settings)
            return isAsShown ? (document.With(root => RuleForm.ApplySettings(root, edit.Fields)), false) : (document, false);

        // The form says what it changes of the rule that it showed; if the text says another rule by now, only one can count.
        if (RuleDocument.Read($"{{ \"rules\": [{edit.OpenText}] }}")?.Rule(0) is not { } shown)
            return (document, false);
        var filled = RuleForm.Apply(shown, edit.Fields);
        if (JsonNode.DeepEquals(shown, filled))
            return (document, false);
        return isAsShown ? (document.Replace(Index(edit.Open)!.Value, filled), false) : (document, true);
    }

    private static RuleEdited Do(RuleDocument document, RuleEdit edit, string verb, string about)
    {
        var open = edit.Open;
        switch (verb)
        {
            case "open":
                return Done(document, about == Settings || Index(about) < document.Count ? about : null);
            case "close":
                return Done(document, null, Index(open));
            case "add":
                var (with, index) = document.Add();
                return Done(with, Name(index));
            case "up" or "down" when Index(about) is { } moved:
                var to = moved + (verb == "up" ? -1 : 1);
                var inOrder = document.Move(moved, to - moved);
                return Done(inOrder, inOrder == document || Index(open) is not { } shown ? open : Name(shown == moved ? to : shown == to ? moved : shown), inOrder == document ? moved : to);
            case "copy" when Index(about) is { } copied && copied < document.Count:
                return Done(document.Copy(copied), Name(copied + 1));
            case "remove" when Index(about) is { } gone && gone < document.Count:
                return Done(document.Remove(gone), Index(open) is not { } after ? open : after == gone ? null : Name(after > gone ? after - 1 : after), Math.Min(gone, document.Count - 2));
            default:
                return Index(open) is { } rule && document.Rule(rule) is JsonObject members ? InRule(document, edit, rule, members, verb, about) : Done(document, open);
        }
    }

    private static RuleEdited InRule(RuleDocument document, RuleEdit edit, int index, JsonObject rule, string verb, string about)
    {
        var changed = (JsonObject)rule.DeepClone();
        var before = ConditionNode.Of(rule).Rows.Select(row => row.Place).ToHashSet();
        if (verb == "add-part" && ConditionPart.Find(edit.Fields[ConditionForm.Field(about, ConditionForm.What)] ?? "") is { } part)
            ConditionEdits.Add(changed, about, part);
        else if (verb == "add-group")
            ConditionEdits.AddGroup(changed, about);
        else if (verb == "take" && about.StartsWith('/'))
            ConditionEdits.Remove(changed, about);
        var added = verb == "add-part" ? ConditionNode.Of(changed).Rows.Select(row => row.Place).FirstOrDefault(at => !before.Contains(at)) : null;
        return Done(document.Replace(index, changed), edit.Open) with { Added = added };
    }

    private static RuleEdited Done(RuleDocument document, string? open, int? at = null) => new(document.Text, open, "") { At = at };

    private static string SettingsText(RuleDocument document) =>
        new JsonObject(RuleForm.OfSettings.Keys.Append("name").Select(name => KeyValuePair.Create(name, document[name]?.DeepClone()))).ToJsonString();

    private static string Name(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static int? Index(string? open) => int.TryParse(open, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
