namespace Crowd4Care.Language.Training;

/// <summary>Cuts stretches of one to three words out of longer texts: posts are short, and a language must show in a few letters.</summary>
internal static class Fragments
{
    private const int ShortestSource = 4;
    private const int LongestFragment = 3;

    public static IEnumerable<LabelledText> Of(IEnumerable<LabelledText> texts, int perText, int seed)
    {
        var random = new Random(seed);
        foreach (var text in texts)
        {
            var words = text.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < perText && words.Length >= ShortestSource; i++)
            {
                var length = random.Next(1, LongestFragment + 1);
                var start = random.Next(words.Length - length + 1);
                yield return text with { Text = string.Join(' ', words, start, length) };
            }
        }
    }
}
