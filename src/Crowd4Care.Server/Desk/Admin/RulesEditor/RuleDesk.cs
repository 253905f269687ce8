using System.Globalization;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Editing;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Admin.RulesEditor;

/// <summary>The rules as an admin edits them, by forms and as text at once: what a page shows of a document, and what a post makes of it.</summary>
internal sealed class RuleDesk(RuleSetStore store, RuleHintSource hints)
{
    /// <summary>The name of the button that says what to do.</summary>
    public const string Do = "do";

    /// <summary>Names of the fields of a form begin so; behind it is the place that the field shows.</summary>
    public const string Prefix = "f";

    /// <summary>A document to begin with, and the form to open in it.</summary>
    public Task<RuleDraft> BeginAsync(string brandId, string document, string? open, CancellationToken cancellationToken) =>
        ShowAsync(brandId, RuleEditing.Apply(new RuleEdit(document.ReplaceLineEndings("\n"), $"open:{open}")), cancellationToken);

    /// <summary>What was posted: the text with what was written into the open form, and with what the pressed button does.</summary>
    public async Task<RuleDraft> EditAsync(string brandId, IFormCollection form, CancellationToken cancellationToken)
    {
        var edit = new RuleEdit(Text(form, "document"), form[Do].ToString())
        {
            Open = form["open"].ToString() is { Length: > 0 } open ? open : null,
            OpenText = Text(form, "open-text"),
            Previous = Text(form, "previous"),
            Fields = new PostedFields(form.Where(f => f.Key.StartsWith($"{Prefix}/", StringComparison.Ordinal))
                .ToDictionary(f => f.Key[Prefix.Length..], f => (IReadOnlyList<string>)[.. f.Value.Select(v => (v ?? "").ReplaceLineEndings("\n"))])),
        };
        var edited = RuleEditing.Apply(edit);
        return await ShowAsync(brandId, edited, cancellationToken) with
        {
            Focus = FocusOf(edit, edited),
            Pressed = IsOfPage(edit.Do) ? edit.Do : null,
            Trouble = edited switch
            {
                { IsTorn: true } => Phrase($"Rule {Number(edit.Open)} was changed in its form and in the text at once. The text counts: look whether it says what you want."),
                { IsUnreadable: true } when edit.Do.Length > 0 && !IsOfPage(edit.Do) => Say("Mend the text first: forms can only change what can be read."),
                _ => null,
            },
        };
    }

    /// <summary>Whether a button does something with the whole document, after the forms were taken over.</summary>
    public static bool IsOfPage(string pressed) => pressed is "check" or "draft" or "try" or "publish";

    private async Task<RuleDraft> ShowAsync(string brandId, RuleEdited edited, CancellationToken cancellationToken)
    {
        var document = RuleDocument.Read(edited.Document, out var brokenLine);
        var known = await hints.FindAsync(brandId, document, cancellationToken);
        var reading = RuleSetCheck.Read(edited.Document);
        var warnings = reading.RuleSet is { } set ? RuleSetWarnings.Of(set, known.Heads) : [];
        int LineOf(string path) => document?.LineOf(path) ?? brokenLine ?? 1;
        return new RuleDraft
        {
            Document = edited.Document,
            InForce = await InForceAsync(brandId, cancellationToken),
            Rules = document,
            Open = edited.Open,
            Previous = edited.Previous,
            Hints = known,
            Notes =
            [
                .. reading.Mistakes.Select(m => new RuleNote(m.Path, m.Message, true, LineOf(m.Path), RuleDocument.RuleOf(m.Path))),
                .. warnings.Select(w => new RuleNote(w.Path, w.Message, false, LineOf(w.Path), RuleDocument.RuleOf(w.Path))),
            ],
        };
    }

    private async Task<string> InForceAsync(string brandId, CancellationToken cancellationToken)
    {
        var (_, version) = await store.PublishedAsync(brandId, cancellationToken);
        return (await store.FindAsync(brandId, version, cancellationToken))?.Document ?? RuleSetStore.DefaultDocument;
    }

    // Where the hand was, or where it goes next.
    private static string? FocusOf(RuleEdit edit, RuleEdited edited) => edit.Do.Split(':')[0] switch
    {
        "up" or "down" => $"{edit.Do.Split(':')[0]}-{edited.At}",
        "close" => $"edit-{edited.At}",
        "open" or "add" or "copy" => edited.Open == RuleEditing.Settings ? $"{Prefix}/name" : $"{Prefix}/id",
        "remove" => edited.At is >= 0 and var at ? $"edit-{at}" : "add",
        "add-part" when edited.Added is { } added => $"{Prefix}{added}",
        "add-part" or "add-group" or "take" => $"{Prefix}{ConditionForm.Field(ConditionNode.Of(RuleDocument.Read(edited.Document)?.Rule(Index(edited.Open))).Place, ConditionForm.What)}",
        "undo" => "add",
        _ => null,
    };

    private static int Index(string? open) => int.TryParse(open, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;

    private static string Number(string? open) => (Index(open) + 1).ToString(CultureInfo.InvariantCulture);

    private static string Text(IFormCollection form, string name) => form[name].ToString().ReplaceLineEndings("\n");
}
