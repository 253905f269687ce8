using System.Text;
using System.Text.RegularExpressions;

namespace Crowd4Care.Escalation.Duplicates;

/// <summary>Whether two posts say the same.</summary>
public static partial class DuplicateText
{
    // Fewer words are alike by chance: "thank you".
    private const int FewestWords = 4;
    private const double Alike = 0.8;

    /// <summary>True for texts with the same words, or nearly: addresses, names of accounts, case, accents of writing and signs don't count.</summary>
    public static bool IsSame(string one, string other)
    {
        var (a, b) = (Words(one), Words(other));
        if (a.Count == 0 || b.Count == 0)
            return false;
        if (a.SequenceEqual(b))
            return true;
        if (Math.Min(a.Count, b.Count) < FewestWords)
            return false;

        var (left, right) = (a.ToHashSet(), b.ToHashSet());
        return 2.0 * left.Count(right.Contains) / (left.Count + right.Count) >= Alike;
    }

    private static List<string> Words(string text) =>
        [.. Word.Matches(Noise.Replace(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant(), " ")).Select(m => m.Value)];

    // Who is called and what is linked; and how a repost begins.
    [GeneratedRegex(@"https?://\S+|@[\w.-]+|^\s*rt\b", RegexOptions.CultureInvariant)]
    private static partial Regex Noise { get; }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word { get; }
}
