using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Training;

/// <summary>
/// What languages are learned from: posts are short, and a language must show in a few letters. Short texts are taken as they are; of long
/// ones a stretch, for what goes beyond it says the same again, and some pairs of words; and of all of them every word once a label, however
/// often it occurs, so that rare words count as much as the few that make up most of every text.
/// </summary>
internal static class Fragments
{
    /// <summary>Characters; a language is certain long before, and training takes as long as the texts are.</summary>
    private const int LongestText = 60;

    private const int PairsPerText = 3;
    private const int FewestWordsForPairs = 4;

    public static IEnumerable<LabelledText> Of(IReadOnlyList<LabelledText> texts, int seed)
    {
        var random = new Random(seed);
        return [.. texts.Select(text => text with { Text = Stretch(text.Text, random) }), .. texts.SelectMany(text => Pairs(text, random)), .. Words(texts)];
    }

    /// <summary>Begins and ends between words, where the script has spaces.</summary>
    private static string Stretch(string text, Random random)
    {
        if (text.Length <= LongestText)
            return text;
        var start = text.LastIndexOf(' ', random.Next(text.Length - LongestText + 1)) + 1;
        var end = Math.Min(start + LongestText, text.Length);
        if (end < text.Length && text.LastIndexOf(' ', end, end - start) is > 0 and var space)
            end = space;
        return text[start..end];
    }

    private static IEnumerable<LabelledText> Pairs(LabelledText text, Random random)
    {
        var words = text.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < PairsPerText && words.Length >= FewestWordsForPairs; i++)
        {
            var first = random.Next(words.Length - 1);
            yield return text with { Text = $"{words[first]} {words[first + 1]}" };
        }
    }

    private static IEnumerable<LabelledText> Words(IEnumerable<LabelledText> texts)
    {
        var known = new HashSet<LabelledText>();
        var tokens = new TokenizedText();
        foreach (var text in texts)
        {
            Tokenizer.Read(text.Text, tokens);
            for (var i = 0; i < tokens.Count; i++)
            {
                // The weight is a text's, not a word's: one from a text that counts tenfold is not ten times as telling.
                if (tokens.Tokens[i].Kind == TokenKind.Word && new LabelledText(tokens.Folded(tokens.Tokens[i]).ToString(), text.Label) is var word && known.Add(word))
                    yield return word;
            }
        }
    }
}
