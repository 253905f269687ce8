using System.Text.Json;
using Crowd4Care.Contracts;
using Crowd4Care.Storage;

namespace Crowd4Care.Classification;

/// <summary>
/// Causes as the database holds them: for each head start, length and weight of one after the other, <c>{"anger":[18,6,0.1458,…]}</c>.
/// The words themselves stand in the mention's text. The first version wrote an object for each.
/// </summary>
internal static class StoredCauses
{
    private const int Numbers = 3;

    public static string Write(IEnumerable<Score> heads) => Sql.ToJson(heads
        .Where(h => h.Causes.Count > 0)
        .ToDictionary(h => h.Head, h => h.Causes.SelectMany(c => new[] { c.Start, c.Length, c.Weight })));

    public static IReadOnlyDictionary<string, IReadOnlyList<ScoreCause>> Read(string json, string text)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(h => h.Name, h => ReadHead(h.Value, text));
    }

    private static IReadOnlyList<ScoreCause> ReadHead(JsonElement head, string text) =>
        head.EnumerateArray().FirstOrDefault().ValueKind == JsonValueKind.Object
            ? head.Deserialize<IReadOnlyList<ScoreCause>>(Sql.Json)!
            : [.. head.EnumerateArray().Select(n => n.GetDouble()).Chunk(Numbers).Select(c => ToCause((int)c[0], (int)c[1], c[2], text))];

    private static ScoreCause ToCause(int start, int length, double weight, string text) =>
        new(start, length, start + length <= text.Length ? text.Substring(start, length) : "", weight);
}
