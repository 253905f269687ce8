using Crowd4Care.Contracts;

namespace Crowd4Care.Classification;

/// <summary>
/// Answers a brand's own question by keywords: the label most of whose keywords stand in the text as whole words, whatever their case. The
/// probability says only how much of what was found speaks for it: 0.75 when all does, little over 0.5 when it is divided.
/// </summary>
public static class KeywordScorer
{
    /// <summary>What <see cref="Score.By"/> says of such a score.</summary>
    public const string Keywords = "keywords";

    private const double Least = 0.5;
    private const double Reach = 0.25;

    /// <summary>The score with the words that caused it, or null when no keyword occurs.</summary>
    public static Score? Of(BrandHead head, string text)
    {
        var found = head.Labels.Select(label => (label.Label, Hits: Find(label.Keywords, text))).Where(l => l.Hits.Count > 0).OrderByDescending(l => l.Hits.Count).ToList();
        if (found.Count == 0)
            return null;

        var all = found.Sum(l => l.Hits.Count);
        var probability = Least + (Reach * found[0].Hits.Count / all);
        return new Score
        {
            Head = head.Name, Label = found[0].Label, Probability = Math.Round(probability, 4), By = Keywords,
            Others = found.Skip(1).ToDictionary(l => l.Label, l => Math.Round((1 - probability) * l.Hits.Count / (all - found[0].Hits.Count), 4)),
            Causes = [.. found[0].Hits.Select(h => new ScoreCause(h.Start, h.Length, text.Substring(h.Start, h.Length), Math.Round(1.0 / found[0].Hits.Count, 4)))],
        };
    }

    // Each keyword where it stands first.
    private static List<(int Start, int Length)> Find(IReadOnlyList<string> keywords, string text)
    {
        var hits = new List<(int Start, int Length)>();
        foreach (var keyword in keywords.Where(k => k.Length > 0))
        {
            for (var at = text.IndexOf(keyword, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(keyword, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                var end = at + keyword.Length;
                if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                {
                    hits.Add((at, keyword.Length));
                    break;
                }
            }
        }

        return hits;
    }
}
