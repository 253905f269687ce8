using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Knowledge;

/// <summary>
/// Finds the words that a hashtag is written of: where its writing shows them (<c>#BlackFriday</c>, <c>#black_friday</c>), and else the likeliest English
/// ones (<c>#ihatemondays</c>), where a word is as likely as its place among the commonest says (Zipf).
/// </summary>
internal static class HashtagWords
{
    /// <summary>Longer runs of letters are left whole; it bounds the cost.</summary>
    private const int LongestRun = 40;
    private const int LongestWord = 16;

    /// <summary>By length, how common a word has to be: among rare short ones there are abbreviations and pieces of names of every kind.</summary>
    private static readonly int[] MostCommon = [0, 0, 300, 5_000, 30_000, 50_000];

    /// <summary>Adds the words of a hashtag as parts; nothing where it is one word.</summary>
    /// <param name="name">What follows the sign, as it was written.</param>
    /// <param name="tag">The hashtag.</param>
    /// <param name="into">Gets the parts behind the hashtag, which was added last.</param>
    public static void AddParts(ReadOnlySpan<char> name, in Token tag, TokenizedText into)
    {
        // What was cut from an elongated one stands no longer where it was written.
        if (name.Length != tag.FoldedLength)
            return;
        for (var start = 0; start < name.Length;)
        {
            var end = RunEnd(name, start);
            if (end == start)
                start++;
            else
                AddRun(tag, start, end - start, start == 0 && end == name.Length, into);
            start = Math.Max(start, end);
        }
    }

    /// <summary>A run of letters goes on until a digit, a line, or the capital that starts the next word.</summary>
    private static int RunEnd(ReadOnlySpan<char> name, int start)
    {
        var end = start;
        while (end < name.Length && char.IsLetter(name[end]))
        {
            var startsWord = end > start && char.IsUpper(name[end])
                && (!char.IsUpper(name[end - 1]) || (end + 1 < name.Length && char.IsLower(name[end + 1])));
            if (startsWord)
                break;
            end++;
        }

        return end;
    }

    private static void AddRun(in Token tag, int start, int length, bool isAll, TokenizedText into)
    {
        var run = into.Folded(tag).Slice(start, length);
        Span<int> starts = stackalloc int[LongestRun + 1];
        var words = length <= LongestRun && WordVectors.Shipped.RankOf(run) < 0 ? Split(run, starts) : 0;
        if (words == 0 && !isAll)
            into.AddPart(tag, start, length);
        for (var i = 0; i < words; i++)
            into.AddPart(tag, start + starts[i], (i + 1 < words ? starts[i + 1] : length) - starts[i]);
    }

    /// <summary>The likeliest words that make up a run, by where they start; 0 when there are none.</summary>
    private static int Split(ReadOnlySpan<char> run, Span<int> starts)
    {
        Span<float> cost = stackalloc float[run.Length + 1];
        Span<int> from = stackalloc int[run.Length + 1];
        cost.Fill(float.PositiveInfinity);
        cost[0] = 0;
        for (var end = 1; end <= run.Length; end++)
        {
            for (var start = Math.Max(0, end - LongestWord); start < end; start++)
            {
                if (float.IsFinite(cost[start]) && cost[start] + CostOf(run[start..end]) is var sum && sum < cost[end])
                    (cost[end], from[end]) = (sum, start);
            }
        }

        if (!float.IsFinite(cost[^1]))
            return 0;
        var words = 0;
        for (var end = run.Length; end > 0; end = from[end])
            starts[words++] = from[end];
        starts[..words].Reverse();
        return words;
    }

    private static float CostOf(ReadOnlySpan<char> word)
    {
        if (word is "a" or "i")
            return MathF.Log(MostCommon[2]);
        var rank = word.Length < 2 ? -1 : WordVectors.Shipped.RankOf(word);
        // Ten: of all words about one in ten times its rank is this one.
        return rank >= 0 && rank < MostCommon[Math.Min(word.Length, MostCommon.Length - 1)] ? MathF.Log(10f * (rank + 1)) : float.PositiveInfinity;
    }
}
