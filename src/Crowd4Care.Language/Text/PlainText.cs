using System.Net;

namespace Crowd4Care.Language.Text;

/// <summary>
/// A post as a sentence would be written: without names, links, the signs of hashtags, and what is no character, with one space between words. Reused from
/// text to text, so it belongs to one thread.
/// </summary>
internal sealed class PlainText
{
    /// <summary>What follows is cut off.</summary>
    public const int Longest = 2048;

    /// <summary>Of the text as published, names and links included.</summary>
    private const int LongestRead = Longest * 4;

    /// <summary>Has no normal form.</summary>
    private const char NoCharacter = '\uFFFE';

    private readonly TokenizedText tokens = new();
    private readonly char[] plain = new char[Longest];
    private int length;

    /// <summary>Valid until the next text.</summary>
    public ReadOnlySpan<char> Of(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, LongestRead)];
        if (text.Contains('&'))
            text = WebUtility.HtmlDecode(text.ToString());
        Tokenizer.Read(text, tokens);
        length = 0;
        var from = 0;
        foreach (ref readonly var token in tokens.Tokens)
        {
            if (token.Kind is not (TokenKind.Handle or TokenKind.Link or TokenKind.Hashtag))
                continue;
            if (token.Start > from)
                Append(text[from..token.Start]);
            from = token.Start + (token.Kind == TokenKind.Hashtag ? 1 : token.Length);
        }

        Append(text[from..]);
        return plain.AsSpan(0, length > 0 && plain[length - 1] == ' ' ? length - 1 : length);
    }

    private void Append(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length && length < Longest; i++)
        {
            if (char.IsWhiteSpace(text[i]))
                Separate();
            else if (!char.IsSurrogate(text[i]) && text[i] != NoCharacter)
                plain[length++] = text[i];
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                AppendPair(text[i], text[++i]);
        }
    }

    private void Separate()
    {
        if (length > 0 && plain[length - 1] != ' ')
            plain[length++] = ' ';
    }

    private void AppendPair(char high, char low)
    {
        if (length + 1 == Longest)
            return;
        (plain[length], plain[length + 1]) = (high, low);
        length += 2;
    }
}
