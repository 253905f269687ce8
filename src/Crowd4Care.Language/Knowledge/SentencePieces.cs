using System.Text;

namespace Crowd4Care.Language.Knowledge;

/// <summary>
/// Cuts a text into the likeliest row of pieces of a vocabulary (the unigram language model of Kudo 2018, "Subword Regularization", found by Viterbi's
/// algorithm).
/// </summary>
internal sealed class SentencePieces
{
    /// <summary>Stands for whatever the vocabulary doesn't have.</summary>
    private const int Unknown = 0;

    /// <summary>The first entries are signs that no text contains.</summary>
    private const int Reserved = 6;

    /// <summary>Begins a word.</summary>
    private const char Border = '\u2581';

    private readonly IReadOnlyList<Piece> vocabulary;
    private readonly Dictionary<string, (int Id, double Score)>.AlternateLookup<ReadOnlySpan<char>> pieces;
    private readonly int longest;

    /// <param name="vocabulary">All pieces; their places are their numbers.</param>
    public SentencePieces(IReadOnlyList<Piece> vocabulary)
    {
        this.vocabulary = vocabulary;
        var known = new Dictionary<string, (int Id, double Score)>(StringComparer.Ordinal);
        foreach (var (id, piece) in vocabulary.Index().Skip(Reserved))
            known[piece.Text] = (id, piece.Score);
        longest = known.Keys.Max(piece => piece.Length);
        pieces = known.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many there are.</summary>
    public int Count => vocabulary.Count;

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SentencePieces Read(BinaryReader input) =>
        new([.. Enumerable.Range(0, input.ReadInt32()).Select(_ => new Piece(input.ReadString(), input.ReadDouble()))]);

    /// <summary>Writes the vocabulary.</summary>
    public void Write(BinaryWriter output)
    {
        output.Write(vocabulary.Count);
        foreach (var (text, score) in vocabulary)
        {
            output.Write(text);
            output.Write(score);
        }
    }

    /// <summary>Cuts a text.</summary>
    /// <param name="text">Words with one space between them, without halves of surrogate pairs.</param>
    /// <param name="room">What cutting needs room for.</param>
    /// <returns>The numbers of the pieces; neighbours that are unknown are one. Valid until the room is used again.</returns>
    public ReadOnlySpan<int> Cut(ReadOnlySpan<char> text, Room room)
    {
        var row = room.Lay(text);
        var best = room.BestOf(row.Length);
        best[0] = new Step(0, 0, Unknown);
        best[1..].Fill(new Step(double.NegativeInfinity, 0, Unknown));
        for (var from = 0; from < row.Length; from++)
        {
            if (double.IsFinite(best[from].Score))
                Extend(row, from, best);
        }

        // Followed from the end, written from the end.
        var ids = room.IdsOf(row.Length);
        var first = ids.Length;
        for (var at = row.Length; at > 0; at = best[at].From)
        {
            if (best[at].Id != Unknown || first == ids.Length || ids[first] != Unknown)
                ids[--first] = best[at].Id;
        }

        return ids[first..];
    }

    private void Extend(ReadOnlySpan<char> row, int from, Span<Step> best)
    {
        var (known, before) = (false, best[from].Score);
        for (var length = 1; length <= longest && from + length <= row.Length; length++)
        {
            if (!pieces.TryGetValue(row.Slice(from, length), out var piece))
                continue;
            known = true;
            Improve(best, new Step(before + piece.Score, from, piece.Id), from + length);
        }

        if (!known)
            Improve(best, new Step(before, from, Unknown), from + (char.IsHighSurrogate(row[from]) ? 2 : 1));
    }

    private static void Improve(Span<Step> best, Step step, int end)
    {
        if (step.Score > best[end].Score)
            best[end] = step;
    }

    /// <summary>A piece of words.</summary>
    /// <param name="Text">How it is written; ▁ is the beginning of a word.</param>
    /// <param name="Score">The logarithm of its probability.</param>
    public readonly record struct Piece(string Text, double Score);

    /// <summary>How a place of the text is best reached: how likely that is, from where, and by which piece.</summary>
    internal readonly record struct Step(double Score, int From, int Id);

    /// <summary>What cutting needs room for; reused from text to text, so it belongs to one thread.</summary>
    public sealed class Room
    {
        private char[] row = new char[512];
        private Step[] best = [];
        private int[] ids = [];

        /// <summary>The text with compatible characters as one (NFKC), a border at its beginning, and borders for spaces.</summary>
        internal ReadOnlySpan<char> Lay(ReadOnlySpan<char> text)
        {
            int length;
            while (!text.TryNormalize(row.AsSpan(1), out length, NormalizationForm.FormKC))
                row = new char[row.Length * 2];
            row[0] = Border;
            row.AsSpan(1, length).Replace(' ', Border);
            return row.AsSpan(0, length + 1);
        }

        internal Span<Step> BestOf(int length)
        {
            if (best.Length <= length)
                best = new Step[row.Length + 1];
            return best.AsSpan(0, length + 1);
        }

        internal Span<int> IdsOf(int length)
        {
            if (ids.Length < length)
                ids = new int[row.Length];
            return ids.AsSpan(0, length);
        }
    }
}
