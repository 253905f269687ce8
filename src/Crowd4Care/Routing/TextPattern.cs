using System.Text.RegularExpressions;

namespace Crowd4Care.Routing;

/// <summary>Words, phrases and regular expressions of rules. They take linear time on any text.</summary>
internal static class TextPattern
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    // Linear expressions need a fraction of a millisecond. The limit is far above what a busy machine may add: a rule must not decide
    // otherwise because the machine was slow.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>What is wrong with a regular expression, or null.</summary>
    public static string? Mistake(string pattern)
    {
        if (pattern.Length > 1000)
            return "is longer than 1000 characters";

        try
        {
            Compile(pattern);
            return null;
        }
        catch (ArgumentException e)
        {
            return $"is not a regular expression: {e.Message}";
        }
        catch (NotSupportedException)
        {
            return "uses look-around, a back-reference or an atomic group; these are not allowed because their time has no bound";
        }
    }

    /// <summary>The expression of a pattern without mistakes.</summary>
    public static Regex Compile(string pattern) => new(pattern, Options, Timeout);

    /// <summary>Whether the expression matches somewhere; a text on which it takes too long does not match.</summary>
    public static bool Matches(string text, Regex expression)
    {
        try
        {
            return expression.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>Whether at least one of the words or phrases stands in the text.</summary>
    public static bool ContainsAny(string text, IReadOnlyList<string> phrases)
    {
        for (var i = 0; i < phrases.Count; i++)
        {
            if (Contains(text, phrases[i]))
                return true;
        }

        return false;
    }

    /// <summary>Whether all words and phrases stand in the text.</summary>
    public static bool ContainsAll(string text, IReadOnlyList<string> phrases)
    {
        for (var i = 0; i < phrases.Count; i++)
        {
            if (!Contains(text, phrases[i]))
                return false;
        }

        return true;
    }

    /// <summary>Whether a word or phrase stands in the text, bounded by what is no letter or digit where it begins and ends with one.</summary>
    public static bool Contains(string text, string phrase)
    {
        for (var from = 0; from <= text.Length - phrase.Length;)
        {
            var at = text.IndexOf(phrase, from, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return false;

            var end = at + phrase.Length;
            var startsFree = at == 0 || !char.IsLetterOrDigit(phrase[0]) || !char.IsLetterOrDigit(text[at - 1]);
            var endsFree = end == text.Length || !char.IsLetterOrDigit(phrase[^1]) || !char.IsLetterOrDigit(text[end]);
            if (startsFree && endsFree)
                return true;

            from = at + 1;
        }

        return false;
    }
}
