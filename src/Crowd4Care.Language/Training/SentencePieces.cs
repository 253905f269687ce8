using System.Text;
using System.Text.Json;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Cuts a text into the likeliest row of pieces of a vocabulary (the unigram language model of Kudo 2018, "Subword Regularization", found by Viterbi's
/// algorithm). The vocabulary is a JSON array of pieces with the logarithm of their probability.
/// </summary>
internal sealed class SentencePieces
{
    /// <summary>Stands for whatever the vocabulary doesn't have.</summary>
    private const int Unknown = 0;

    /// <summary>The first entries are signs that no text contains.</summary>
    private const int Reserved = 6;

    /// <summary>Begins a word.</summary>
    private const char Border = '\u2581';

    private readonly Dictionary<string, (int Id, double Score)>.AlternateLookup<ReadOnlySpan<char>> pieces;
    private readonly int longest;

    /// <param name="path">The vocabulary.</param>
    public SentencePieces(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var known = new Dictionary<string, (int Id, double Score)>(StringComparer.Ordinal);
        foreach (var (id, entry) in json.RootElement.EnumerateArray().Index().Skip(Reserved))
        {
            // A few, such as ":", have no figure: the program that the vocabulary was published with takes them for certain.
            known[entry[0].GetString()!] = (id, entry[1].ValueKind == JsonValueKind.Number ? entry[1].GetDouble() : 0);
        }

        longest = known.Keys.Max(piece => piece.Length);
        pieces = known.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The numbers of the pieces; neighbours that are unknown are one.</summary>
    public int[] Cut(string text)
    {
        var row = Border + text.Normalize(NormalizationForm.FormKC).Replace(' ', Border);
        var best = new Step[row.Length + 1];
        Array.Fill(best, new Step(double.NegativeInfinity, 0, Unknown));
        best[0] = new Step(0, 0, Unknown);
        for (var from = 0; from < row.Length; from++)
        {
            if (double.IsFinite(best[from].Score))
                Extend(row, from, best);
        }

        var ids = new List<int>();
        for (var at = row.Length; at > 0; at = best[at].From)
        {
            if (best[at].Id != Unknown || ids.Count == 0 || ids[^1] != Unknown)
                ids.Add(best[at].Id);
        }

        ids.Reverse();
        return [.. ids];
    }

    private void Extend(string row, int from, Step[] best)
    {
        var known = false;
        for (var length = 1; length <= longest && from + length <= row.Length; length++)
        {
            if (!pieces.TryGetValue(row.AsSpan(from, length), out var piece))
                continue;
            known = true;
            Improve(new Step(best[from].Score + piece.Score, from, piece.Id), from + length);
        }

        if (!known)
            Improve(new Step(best[from].Score, from, Unknown), from + (char.IsSurrogatePair(row, from) ? 2 : 1));

        void Improve(Step step, int end)
        {
            if (step.Score > best[end].Score)
                best[end] = step;
        }
    }

    /// <summary>How a place of the text is best reached: how likely that is, from where, and by which piece.</summary>
    private readonly record struct Step(double Score, int From, int Id);
}
