using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Crowd4Care.Classification;

/// <summary>What corrections teach, and what they are held out for. Which of the two is a matter of the mention alone, now and for ever.</summary>
/// <param name="Learning">By head, texts with their labels to learn from.</param>
/// <param name="Held">By head, texts with their labels to measure by.</param>
public sealed record TrainingSamples(
    IReadOnlyDictionary<string, IReadOnlyList<(string Text, string Label)>> Learning, IReadOnlyDictionary<string, IReadOnlyList<(string Text, string Label)>> Held)
{
    private const uint HeldOfTen = 3;

    /// <summary>One label for each mention and head: what most people said. Where they are divided, nothing is learned and nothing measured.</summary>
    public static TrainingSamples Of(IEnumerable<Correction> corrections)
    {
        var agreed = corrections.GroupBy(c => (c.MentionId, c.Head)).Select(Agreed).OfType<Correction>().Where(c => !string.IsNullOrEmpty(c.Text)).ToLookup(c => IsHeld(c.MentionId));
        return new TrainingSamples(ByHead(agreed[false]), ByHead(agreed[true]));
    }

    /// <summary>Whether the corrections of a mention measure and are never learned from: three mentions in ten, by the hash of the id.</summary>
    public static bool IsHeld(Guid mentionId) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(mentionId.ToString()))) % 10 < HeldOfTen;

    private static Correction? Agreed(IEnumerable<Correction> said)
    {
        var labels = said.GroupBy(c => c.Label).OrderByDescending(l => l.Count()).Take(2).ToList();
        return labels.Count > 1 && labels[0].Count() == labels[1].Count() ? null : labels[0].First();
    }

    private static Dictionary<string, IReadOnlyList<(string Text, string Label)>> ByHead(IEnumerable<Correction> agreed) =>
        agreed.GroupBy(c => c.Head).ToDictionary(g => g.Key, g => (IReadOnlyList<(string, string)>)[.. g.Select(c => (c.Text!, c.Label))]);
}
