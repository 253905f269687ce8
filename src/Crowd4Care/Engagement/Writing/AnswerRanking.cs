using Crowd4Care.Language.Text;

namespace Crowd4Care.Engagement.Writing;

/// <summary>
/// Orders texts by the words that they have in common with another: BM25 (Robertson and Zaragoza, 2009) over the texts at hand, in memory.
/// </summary>
internal static class AnswerRanking
{
    // The usual values: how soon a repeated word stops counting, and how much long texts are held back.
    private const double K1 = 1.2;
    private const double B = 0.75;

    /// <summary>
    /// The best of the candidates, best first. At least two words, or the only one, must be in common: one alone says little.
    /// </summary>
    public static IReadOnlyList<T> Best<T>(string text, IReadOnlyList<T> candidates, Func<T, string> textOf, int most)
    {
        var asked = Terms.Of(text).ToHashSet();
        if (asked.Count == 0 || candidates.Count == 0)
            return [];

        var documents = candidates.Select(c => Terms.Of(textOf(c))).ToList();
        var average = Math.Max(1, documents.Average(d => d.Count));
        var found = documents.SelectMany(d => d.Distinct().Where(asked.Contains)).CountBy(word => word).ToDictionary();
        var needed = Math.Min(2, asked.Count);
        return
        [
            .. candidates.Zip(documents, (candidate, words) => (candidate, Score: Score(words)))
                .Where(c => c.Score > 0).OrderByDescending(c => c.Score).Take(most).Select(c => c.candidate),
        ];

        double Score(IReadOnlyList<string> words)
        {
            var common = words.Where(asked.Contains).CountBy(word => word).ToList();
            return common.Count < needed ? 0 : common.Sum(word =>
            {
                var rarity = Math.Log(1 + (documents.Count - found[word.Key] + 0.5) / (found[word.Key] + 0.5));
                return rarity * word.Value * (K1 + 1) / (word.Value + K1 * (1 - B + B * words.Count / average));
            });
        }
    }
}
