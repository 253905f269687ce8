namespace Crowd4Care.Language.Text;

internal enum TokenKind
{
    /// <summary>Letters, with marks, digits and inner apostrophes.</summary>
    Word,

    /// <summary>Digits only, with inner points, commas and colons.</summary>
    Number,

    /// <summary><c>@name</c>.</summary>
    Handle,

    /// <summary><c>#word</c>; its folded form is without the sign.</summary>
    Hashtag,

    /// <summary>A web address.</summary>
    Link,

    /// <summary>One pictograph or other symbol with its modifiers.</summary>
    Symbol,

    /// <summary>A run of punctuation, emoticons such as <c>:-)</c> included.</summary>
    Punctuation,

    /// <summary>A piece of the word or hashtag before it: a word in a hashtag, or a character where words are written without spaces.</summary>
    Part,
}

/// <summary>A piece of a text: where it is in the text, and where its folded form is in <see cref="TokenizedText.Folded"/>.</summary>
internal readonly record struct Token(
    TokenKind Kind, int Start, int Length, int FoldedStart, int FoldedLength, bool Shouted, bool Elongated);
