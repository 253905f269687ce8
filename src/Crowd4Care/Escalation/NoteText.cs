using System.Text.RegularExpressions;

namespace Crowd4Care.Escalation;

/// <summary>Names of colleagues in the text of a note: <c>@</c> and a login.</summary>
public static partial class NoteText
{
    /// <summary>A note that names more is a notice to everybody; the rest stays text.</summary>
    public const int MostNames = 20;

    private static readonly char[] Punctuation = ['.', '-', '+', '_', '@'];

    /// <summary>What may be the logins that a text names, in lower case: each as it stands there, and without the punctuation after it.</summary>
    public static IReadOnlyCollection<string> Candidates(string text) => [.. Names(text).SelectMany(name => CandidatesOf(Login(name))).Distinct()];

    /// <summary>What looks like a name and is nobody's, each once, as a text writes it.</summary>
    public static IReadOnlyList<string> Unknown(string text, IReadOnlyCollection<NamedPerson> named) =>
        [.. Names(text).Where(name => Find(name, named) is null).Select(name => $"@{Login(name).TrimEnd(Punctuation)}").Distinct()];

    /// <summary>The text in stretches: plain ones, and names of these people.</summary>
    public static IReadOnlyList<NotePart> Split(string text, IReadOnlyCollection<NamedPerson> named)
    {
        var parts = new List<NotePart>();
        var at = 0;
        foreach (var name in Names(text))
        {
            if (Find(name, named) is not { } person)
                continue;

            if (name.Index > at)
                parts.Add(new NotePart(text[at..name.Index], null));
            at = name.Index + 1 + person.Login.Length;
            parts.Add(new NotePart(text[name.Index..at], person));
        }

        if (at < text.Length)
            parts.Add(new NotePart(text[at..], null));
        return parts;
    }

    private static IEnumerable<Match> Names(string text) => Name.Matches(text).Take(MostNames);

    private static string Login(Match name) => name.Groups["login"].Value.ToLowerInvariant();

    private static NamedPerson? Find(Match name, IReadOnlyCollection<NamedPerson> named) =>
        CandidatesOf(Login(name)).Select(login => named.FirstOrDefault(p => p.Login == login)).FirstOrDefault(p => p is not null);

    // A login may end in punctuation, so the longest comes first.
    private static IEnumerable<string> CandidatesOf(string login)
    {
        yield return login;
        while (Punctuation.Contains(login[^1]) && login.Length > 1)
            yield return login = login[..^1];
    }

    // Not in the middle of a word: an e-mail address names nobody.
    [GeneratedRegex(@"(?<![\p{L}\p{N}._@+-])@(?<login>[a-z0-9][a-z0-9._@+-]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name { get; }
}

/// <summary>Somebody whom a note names.</summary>
public sealed record NamedPerson
{
    /// <summary>Who.</summary>
    public required Guid Id { get; init; }

    /// <summary>What stands behind the <c>@</c>.</summary>
    public required string Login { get; init; }

    /// <summary>The name that others see.</summary>
    public required string Name { get; init; }
}

/// <summary>A stretch of a note.</summary>
/// <param name="Text">The stretch.</param>
/// <param name="Person">Whom it names; null for plain text.</param>
public sealed record NotePart(string Text, NamedPerson? Person);
