namespace Crowd4Care.Language.Text;

/// <summary>The words of a text as the models read them: folded, without handles, links and punctuation.</summary>
public static class Terms
{
    /// <summary>Words, numbers and hashtags in their order.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new TokenizedText();
        Tokenizer.Read(text, tokens);
        var words = new List<string>(tokens.Count);
        foreach (ref readonly var token in tokens.Tokens)
        {
            if (token.Kind is TokenKind.Word or TokenKind.Number or TokenKind.Hashtag)
                words.Add(tokens.Folded(token).ToString());
        }

        return words;
    }
}
