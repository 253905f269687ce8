using Crowd4Care.Contracts;

namespace Crowd4Care.Classification;

/// <summary>
/// Chooses what a person should label next: where the model hesitates most between two labels, and of everything some. A few of each topic
/// and language at most, and nothing that reads almost like what is chosen already.
/// </summary>
public static class LabellingQueue
{
    private const int MostOfATopic = 3;
    private const int MostOfAHead = 5;
    private const int LabelsOffered = 4;

    // With a larger distance between the best two, a person would only confirm.
    private const double LargestMargin = 0.9;

    // Texts that share more than half of their words say the same.
    private const double NearlyTheSame = 0.5;

    /// <summary>Chooses up to <paramref name="count"/>, the most useful first.</summary>
    public static IReadOnlyList<ToLabel> Choose(IEnumerable<Unlabelled> mentions, int count)
    {
        var doubtful = mentions.Select(Doubt).OfType<Doubted>().OrderBy(d => d.Margin).ThenBy(d => d.Mention.Id).ToList();
        var chosen = new List<Doubted>();
        Take(d => chosen.Count(c => c.Topic == d.Topic) < MostOfATopic && chosen.Count(c => c.Head.Head == d.Head.Head) < MostOfAHead
            && chosen.Count(c => c.Language == d.Language) < (count + 1) / 2);
        // Where everything is alike, the places left are filled all the same.
        Take(_ => true);
        return [.. chosen.Select(d => new ToLabel(d.Mention.Id, d.Mention.Text, d.Head.Head, d.Labels, d.Margin))];

        void Take(Func<Doubted, bool> fits)
        {
            foreach (var one in doubtful)
            {
                if (chosen.Count < count && fits(one) && chosen.All(c => c.Mention.Id != one.Mention.Id && Alike(c.Words, one.Words) <= NearlyTheSame))
                    chosen.Add(one);
            }
        }
    }

    /// <summary>How far the best label is before the second.</summary>
    internal static double MarginOf(Score score) => score.Probability - (score.Others?.Values.DefaultIfEmpty(0).Max() ?? 0);

    // The head that it hesitates at most.
    private static Doubted? Doubt(Unlabelled mention) =>
        mention.Score.Heads.Where(h => h.Others is { Count: > 0 }).MinBy(MarginOf) is { } head && MarginOf(head) <= LargestMargin
            ? new Doubted(mention, head, MarginOf(head), mention.Score.LabelOf(Heads.Topic), mention.Score.LabelOf(Heads.Language), WordsOf(mention.Text))
            : null;

    private static HashSet<string> WordsOf(string text) =>
        [.. text.ToLowerInvariant().Split([' ', '\n', '\t', '.', ',', '!', '?', ':', ';', '"'], StringSplitOptions.RemoveEmptyEntries)];

    private static double Alike(HashSet<string> one, HashSet<string> other)
    {
        var shared = one.Count(other.Contains);
        return one.Count + other.Count == 0 ? 1 : (double)shared / (one.Count + other.Count - shared);
    }

    private sealed record Doubted(Unlabelled Mention, Score Head, double Margin, string Topic, string Language, HashSet<string> Words)
    {
        public IReadOnlyList<string> Labels => [.. Head.Others!.OrderByDescending(o => o.Value).Select(o => o.Key).Prepend(Head.Label).Take(LabelsOffered)];
    }
}

/// <summary>A mention that nobody has said anything of.</summary>
/// <param name="Id">The mention.</param>
/// <param name="Text">Its text.</param>
/// <param name="Score">What the model says.</param>
public sealed record Unlabelled(Guid Id, string Text, MentionScore Score);

/// <summary>A question to a person.</summary>
/// <param name="MentionId">About this mention.</param>
/// <param name="Text">Its text.</param>
/// <param name="Head">What is asked.</param>
/// <param name="Labels">The likeliest answers, the model's first.</param>
/// <param name="Margin">How far the model's answer is before the second.</param>
public sealed record ToLabel(Guid MentionId, string Text, string Head, IReadOnlyList<string> Labels, double Margin);
