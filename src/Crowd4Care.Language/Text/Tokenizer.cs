using System.Buffers;
using System.Globalization;
using System.Text;
using Crowd4Care.Language.Knowledge;

namespace Crowd4Care.Language.Text;

/// <summary>
/// Cuts a post into words, numbers, handles, hashtags, links, pictographs and punctuation, in one pass; hashtags and what is written without
/// spaces into parts besides. Any sequence of UTF-16 code units is accepted: lone surrogates, control characters and spaces separate tokens and are
/// otherwise ignored.
/// </summary>
internal static class Tokenizer
{
    /// <summary>Text beyond this many UTF-16 code units is not looked at: more than any network's post, and it bounds the cost.</summary>
    public const int MaximumLength = 4_000;

    private const char ZeroWidthJoiner = '\u200D';
    private static readonly SearchValues<char> EmoticonMouths = SearchValues.Create("DPpOo3");

    private enum CharacterClass
    {
        Separator,
        Letter,
        Digit,
        Punctuation,
        Symbol,
    }

    public static void Read(ReadOnlySpan<char> source, TokenizedText into)
    {
        var text = source[..Math.Min(source.Length, MaximumLength)];
        into.Clear(text.Length);
        for (var at = 0; at < text.Length;)
            at += ReadOne(text, at, into);
    }

    private static int ReadOne(ReadOnlySpan<char> text, int at, TokenizedText into)
    {
        var rest = text[at..];
        var kind = Classify(rest, out var length);
        return kind switch
        {
            CharacterClass.Separator => length,
            CharacterClass.Letter or CharacterClass.Digit when LinkLength(rest) is > 0 and var link =>
                AddFixed(TokenKind.Link, "/", at, link, into),
            CharacterClass.Letter or CharacterClass.Digit => AddWord(TokenKind.Word, text, at, 0, into),
            CharacterClass.Symbol => AddSymbol(rest, at, length, into),
            _ => ReadPunctuation(text, at, into),
        };
    }

    private static int ReadPunctuation(ReadOnlySpan<char> text, int at, TokenizedText into)
    {
        var rest = text[at..];
        if (rest is ['#' or '@', _, ..] && Classify(rest[1..], out _) is CharacterClass.Letter or CharacterClass.Digit)
            return rest[0] == '#' ? AddWord(TokenKind.Hashtag, text, at, 1, into)
                : AddHandle(rest[..HandleLength(rest)], at, into);
        if (EntityLength(rest, out var character) is > 0 and var entity)
            return AddFixed(TokenKind.Punctuation, character, at, entity, into);
        return AddPunctuation(rest, at, into);
    }

    private static int AddWord(TokenKind kind, ReadOnlySpan<char> text, int at, int skip, TokenizedText into)
    {
        var foldedStart = into.FoldedLength;
        var end = at + skip;
        var (letters, capitals, elongated) = (0, 0, false);
        while (end < text.Length)
        {
            var rest = text[end..];
            var length = WordPartLength(rest, kind);
            if (length == 0)
                break;
            for (var i = 0; i < length; i++)
            {
                var folded = Fold(rest[i]);
                if (into.EndsInTwo(folded, foldedStart) && !char.IsDigit(folded) && length == 1)
                    elongated = true;
                else
                    into.Fold(folded);
                letters += char.IsLetter(rest[i]) ? 1 : 0;
                capitals += char.IsUpper(rest[i]) ? 1 : 0;
            }

            end += length;
        }

        if (letters == 0 && kind == TokenKind.Word && char.IsDigit(text[at]))
            kind = TokenKind.Number;
        var token = new Token(kind, at, end - at, foldedStart, into.FoldedLength - foldedStart, letters > 1 && capitals == letters, elongated);
        into.Add(token);
        if (!Unspaced.AddParts(token, skip, into) && kind == TokenKind.Hashtag)
            HashtagWords.AddParts(text[(at + skip)..end], token, into);
        return end - at;
    }

    /// <summary>How many code units at the start go on with a word: a letter, mark or digit, or a joint between two of them.</summary>
    private static int WordPartLength(ReadOnlySpan<char> rest, TokenKind kind)
    {
        var known = Classify(rest, out var length);
        if (known is CharacterClass.Letter or CharacterClass.Digit)
            return length;
        if (kind == TokenKind.Hashtag && rest[0] == '_')
            return 1;
        var joint = rest[0] is '\'' or '\u2019' or '\u02BC' or '\u200C' or ZeroWidthJoiner;
        if (rest.Length < 2)
            return 0;
        var next = Classify(rest[1..], out _);
        var point = rest[0] is '.' or ',' or ':';
        return (joint && next == CharacterClass.Letter) || (point && next == CharacterClass.Digit) ? 1 : 0;
    }

    private static char Fold(char character) => character is '\u2019' or '\u02BC' ? '\'' : char.ToLowerInvariant(character);

    private static int AddFixed(TokenKind kind, string folded, int at, int length, TokenizedText into)
    {
        var foldedStart = into.FoldedLength;
        foreach (var character in folded)
            into.Fold(character);
        into.Add(new Token(kind, at, length, foldedStart, folded.Length, false, false));
        return length;
    }

    private static int AddHandle(ReadOnlySpan<char> name, int at, TokenizedText into)
    {
        var foldedStart = into.FoldedLength;
        foreach (var character in name)
            into.Fold(char.ToLowerInvariant(character));
        into.Add(new Token(TokenKind.Handle, at, name.Length, foldedStart, name.Length, false, false));
        return name.Length;
    }

    private static int AddSymbol(ReadOnlySpan<char> rest, int at, int length, TokenizedText into)
    {
        var foldedStart = into.FoldedLength;
        var end = length;
        foreach (var unit in rest[..length])
            into.Fold(unit);
        while (end < rest.Length && SymbolTail(rest[end..]) is > 0 and var tail)
            end += tail;
        into.Add(new Token(TokenKind.Symbol, at, end, foldedStart, into.FoldedLength - foldedStart, false, false));
        return end;
    }

    /// <summary>Variation selectors, skin tones, and a joiner with the symbol after it belong to the symbol before.</summary>
    private static int SymbolTail(ReadOnlySpan<char> rest)
    {
        if (rest[0] is >= '\uFE00' and <= '\uFE0F')
            return 1;
        if (rest[0] == ZeroWidthJoiner && rest.Length > 1 && Classify(rest[1..], out var joined) == CharacterClass.Symbol)
            return 1 + joined;
        return rest.Length > 1 && rest[0] == '\uD83C' && rest[1] is >= '\uDFFB' and <= '\uDFFF' ? 2 : 0;
    }

    /// <summary>A run of punctuation is one token; of a repeated character three are kept, so that "!!!!!!!" is "!!!".</summary>
    private static int AddPunctuation(ReadOnlySpan<char> rest, int at, TokenizedText into)
    {
        var foldedStart = into.FoldedLength;
        var end = 0;
        while (end < rest.Length && Classify(rest[end..], out var length) == CharacterClass.Punctuation)
        {
            var startsTag = rest[end] is '#' or '@' or '&';
            if (startsTag && end > 0)
                break;
            if (end < 3 || rest[end] != rest[end - 1] || rest[end] != rest[end - 2])
                into.Fold(rest[end]);
            end += length;
        }

        var emoticon = end is 1 or 2 && rest[0] is ':' or ';' or '=' && end < rest.Length && EmoticonMouths.Contains(rest[end])
            && (end + 1 == rest.Length || Classify(rest[(end + 1)..], out _) == CharacterClass.Separator);
        if (emoticon || (end == 1 && rest is ['<', '3', ..]))
            into.Fold(rest[end++]);
        into.Add(new Token(TokenKind.Punctuation, at, end, foldedStart, into.FoldedLength - foldedStart, false, false));
        return end;
    }

    private static int LinkLength(ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            && !rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && !rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            return 0;
        var length = 0;
        while (length < rest.Length && !char.IsWhiteSpace(rest[length]) && !char.IsControl(rest[length]))
            length++;
        return length;
    }

    private static int HandleLength(ReadOnlySpan<char> rest)
    {
        var length = 1;
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] == '_'
            || (rest[length] is '.' or '-' or '@' && length + 1 < rest.Length && char.IsLetterOrDigit(rest[length + 1]))))
            length++;
        return length;
    }

    private static int EntityLength(ReadOnlySpan<char> rest, out string character)
    {
        character = "";
        if (rest[0] != '&')
            return 0;
        (var length, character) = rest switch
        {
            ['&', 'a', 'm', 'p', ';', ..] => (5, "&"),
            ['&', 'l', 't', ';', ..] => (4, "<"),
            ['&', 'g', 't', ';', ..] => (4, ">"),
            ['&', 'q', 'u', 'o', 't', ';', ..] => (6, "\""),
            ['&', '#', '3', '9', ';', ..] => (5, "'"),
            _ => (0, ""),
        };
        return length;
    }

    private static CharacterClass Classify(ReadOnlySpan<char> rest, out int length)
    {
        var first = rest[0];
        length = 1;
        if (first < 128)
            return char.IsAsciiLetter(first) ? CharacterClass.Letter
                : char.IsAsciiDigit(first) ? CharacterClass.Digit
                : first > 32 && first < 127 ? CharacterClass.Punctuation
                : CharacterClass.Separator;
        if (!char.IsSurrogate(first))
            return first is >= '\uFE00' and <= '\uFE0F' ? CharacterClass.Separator : Classify(CharUnicodeInfo.GetUnicodeCategory(first));
        if (Rune.DecodeFromUtf16(rest, out var rune, out length) == OperationStatus.Done)
            return Classify(Rune.GetUnicodeCategory(rune));
        length = 1;
        return CharacterClass.Separator;
    }

    private static CharacterClass Classify(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.SpacingCombiningMark => CharacterClass.Letter,
        UnicodeCategory.DecimalDigitNumber => CharacterClass.Digit,
        UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Symbol,
        >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation => CharacterClass.Punctuation,
        >= UnicodeCategory.MathSymbol and <= UnicodeCategory.OtherSymbol => CharacterClass.Symbol,
        _ => CharacterClass.Separator,
    };
}
