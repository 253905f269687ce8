namespace Crowd4Care.Language.Text;

/// <summary>The tokens of one text; reused from text to text, so it belongs to one thread.</summary>
internal sealed class TokenizedText
{
    private char[] folded = new char[512];
    private Token[] tokens = new Token[64];

    public int FoldedLength { get; private set; }

    public int Count { get; private set; }

    public ReadOnlySpan<Token> Tokens => tokens.AsSpan(0, Count);

    /// <summary>Lower case, one kind of apostrophe, runs of a letter cut to two.</summary>
    public ReadOnlySpan<char> Folded(in Token token) => folded.AsSpan(token.FoldedStart, token.FoldedLength);

    public void Clear(int textLength)
    {
        Count = 0;
        FoldedLength = 0;
        if (folded.Length < textLength)
            folded = new char[textLength];
    }

    /// <summary>A text never folds to more characters than it has, so <see cref="Clear"/> has made room.</summary>
    public void Fold(char character) => folded[FoldedLength++] = character;

    /// <summary>Whether the last two folded characters, both after <paramref name="from"/>, are this one already.</summary>
    public bool EndsInTwo(char character, int from) =>
        FoldedLength - from >= 2 && folded[FoldedLength - 1] == character && folded[FoldedLength - 2] == character;

    public void Add(in Token token)
    {
        if (Count == tokens.Length)
            Array.Resize(ref tokens, Count * 2);
        tokens[Count++] = token;
    }

    /// <summary>Adds a piece of a token that was folded character by character.</summary>
    /// <param name="whole">The token.</param>
    /// <param name="start">Where in its folded form the piece begins.</param>
    /// <param name="length">How long it is.</param>
    public void AddPart(in Token whole, int start, int length) => Add(new Token(
        TokenKind.Part, whole.Start + (whole.Length - whole.FoldedLength) + start, length, whole.FoldedStart + start, length, false, false));
}
