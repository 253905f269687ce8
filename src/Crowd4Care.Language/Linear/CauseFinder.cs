using Crowd4Care.Language.Features;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Linear;

/// <summary>
/// Finds what in a text pushed a label: each feature's weight for the label, less its mean weight for the head's other labels, goes
/// to the token it came from (half and half for a pair of words).
/// </summary>
internal sealed class CauseFinder
{
    private const int Most = 5;

    /// <summary>A cause with a smaller share than this tells nothing.</summary>
    private const double SmallestShare = 0.04;

    private float[] shares = new float[64];

    public IReadOnlyList<Cause> Find(
        string source, TokenizedText text, FeatureBuffer features, WeightTable table, HeadWeights head, int firstColumn, int label)
    {
        if (features.Count == 0)
            return [];
        Attribute(text.Count, features, table, head, firstColumn, label);
        MoveToWholes(text);
        var total = 0f;
        foreach (var share in shares.AsSpan(0, text.Count))
            total += MathF.Max(0, share);
        if (total <= 0)
            return [];

        Span<int> chosen = stackalloc int[Most];
        var count = Choose(text, chosen, total);
        return Merge(source, text, chosen[..count], total);
    }

    private void Attribute(int tokens, FeatureBuffer features, WeightTable table, HeadWeights head, int firstColumn, int label)
    {
        if (shares.Length < tokens)
            shares = new float[tokens];
        shares.AsSpan(0, tokens).Clear();
        var buckets = features.Buckets;
        var behindBorder = table.Proportion(features);
        var owners = features.Owners;
        for (var i = 0; i < buckets.Length; i++)
        {
            var row = table.Row(buckets[i]).Slice(firstColumn, head.Labels.Count);
            var sum = 0f;
            for (var other = 0; other < row.Length; other++)
                sum += row[other] * head.Scale[other];
            var own = row[label] * head.Scale[label];
            var push = (own - ((sum - own) / (row.Length - 1))) * (i < features.Border ? 1 : behindBorder);
            var owner = owners[i] & ~FeatureBuffer.PairFlag;
            if (owner == owners[i])
            {
                shares[owner] += push;
                continue;
            }

            shares[owner] += push / 2;
            shares[owner + 1] += push / 2;
        }
    }

    /// <summary>What the words of a hashtag say is said by the hashtag; what a run without spaces says, by each of its characters.</summary>
    private void MoveToWholes(TokenizedText text)
    {
        var tokens = text.Tokens;
        for (var whole = 0; whole < tokens.Length; whole++)
        {
            var parts = 0;
            while (whole + parts + 1 < tokens.Length && tokens[whole + parts + 1].Kind == TokenKind.Part)
                parts++;
            if (parts == 0)
                continue;
            var own = shares.AsSpan(whole + 1, parts);
            if (tokens[whole].Kind == TokenKind.Hashtag)
            {
                foreach (ref var share in own)
                    (shares[whole], share) = (shares[whole] + share, 0);
                continue;
            }

            foreach (ref var share in own)
                share += shares[whole] / parts;
            shares[whole] = 0;
        }
    }

    private int Choose(TokenizedText text, Span<int> chosen, float total)
    {
        var count = 0;
        for (var i = 0; i < text.Count; i++)
        {
            if (shares[i] / total < SmallestShare || !Tells(text, i))
                continue;
            var place = count;
            while (place > 0 && shares[chosen[place - 1]] < shares[i])
                place--;
            if (place == Most)
                continue;
            count = Math.Min(count + 1, Most);
            chosen[place..(count - 1)].CopyTo(chosen[(place + 1)..]);
            chosen[place] = i;
        }

        return count;
    }

    /// <summary>A full stop or a link is no reason that a person would accept.</summary>
    private static bool Tells(TokenizedText text, int index)
    {
        var token = text.Tokens[index];
        return token.Kind is TokenKind.Word or TokenKind.Hashtag or TokenKind.Part or TokenKind.Symbol or TokenKind.Number
            || (token.Kind == TokenKind.Punctuation && (token.Length > 1 || text.Folded(token) is "!" or "?"));
    }

    /// <summary>Neighbours with only spaces between them become one stretch.</summary>
    private List<Cause> Merge(string source, TokenizedText text, Span<int> chosen, float total)
    {
        chosen.Sort();
        var causes = new List<Cause>(chosen.Length);
        for (var i = 0; i < chosen.Length; i++)
        {
            var first = text.Tokens[chosen[i]];
            var (end, share) = (first.Start + first.Length, shares[chosen[i]]);
            while (i + 1 < chosen.Length && chosen[i + 1] == chosen[i] + 1
                && source.AsSpan(end, text.Tokens[chosen[i + 1]].Start - end).IsWhiteSpace())
            {
                var next = text.Tokens[chosen[++i]];
                end = next.Start + next.Length;
                share += shares[chosen[i]];
            }

            causes.Add(new Cause(first.Start, end - first.Start, source[first.Start..end], share / total));
        }

        causes.Sort((a, b) => b.Weight.CompareTo(a.Weight) is not 0 and var order ? order : a.Start.CompareTo(b.Start));
        return causes;
    }
}
