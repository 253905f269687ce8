using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd4Care.Routing.Editing;

/// <summary>
/// Carries a change of a JSON value into its text. What did not change keeps every character, comments, order and blank space included. Pure.
/// </summary>
internal sealed class JsonText(string text, JsonPart whole)
{
    private readonly JsonLayout layout = JsonLayout.Of(text, whole);

    /// <summary>The text with the changed value in it.</summary>
    /// <param name="before">The value that the text has.</param>
    /// <param name="after">The value that it shall have; members that stay are in the same order.</param>
    public string With(JsonNode before, JsonNode after) => text[..whole.Start] + Write(whole, before, after) + text[whole.End..];

    private string Write(JsonPart part, JsonNode? before, JsonNode? after)
    {
        if (JsonNode.DeepEquals(before, after))
            return text[part.Start..part.End];

        var pieces = (before, after) switch
        {
            (JsonObject { Count: > 0 } o, JsonObject { Count: > 0 } n) => Members(part, o, n),
            (JsonArray { Count: > 0 } o, JsonArray { Count: > 0 } n) => Elements(part, o, n),
            _ => null,
        };
        if (pieces is null)
            return layout.Write(after, IndentAt(part.Start), taken: TakenAt(part.Start));

        // A line that becomes too long is laid out anew; one that was too long before is as somebody wants it.
        var joined = Join(part, pieces);
        var fits = joined.Contains('\n') || Length(part, joined.Length) <= JsonLayout.MostOnALine || Length(part, part.End - part.Start) > JsonLayout.MostOnALine;
        return fits || Between(part).Contains('/') ? joined : layout.Write(after, IndentAt(part.Start), taken: TakenAt(part.Start));
    }

    private int Length(JsonPart part, int length) => IndentAt(part.Start).Length + TakenAt(part.Start) + length;

    private List<Piece> Members(JsonPart part, JsonObject before, JsonObject after)
    {
        var known = part.Parts.Index().ToDictionary(p => NameOf(p.Item), p => p.Index);
        return [.. after.Select(member => known.TryGetValue(member.Key, out var i)
            ? Kept(part, i, text[part.Parts[i].NameStart..part.Parts[i].Start] + Write(part.Parts[i], before[member.Key], member.Value))
            : new Piece(NewLead(part), layout.Member(member.Key, member.Value, layout.Inside(IndentAt(part.Start))), ""))];
    }

    // Elements that are the same keep their text wherever they went; of the others each is taken for a change of the next old one that is left.
    private List<Piece> Elements(JsonPart part, JsonArray before, JsonArray after)
    {
        var from = Same(before, after);
        var left = new Queue<int>(Enumerable.Range(0, before.Count).Except(from.OfType<int>()));
        var isBroken = part.Parts.Exists(p => text.AsSpan(p.Start, p.End - p.Start).Contains('\n'));
        return [.. after.Select((item, i) =>
        {
            if (from[i] is { } same)
                return Kept(part, same, text[part.Parts[same].Start..part.Parts[same].End]);
            return left.TryDequeue(out var old)
                ? Kept(part, old, Write(part.Parts[old], before[old], item))
                : new Piece(NewLead(part), layout.Write(item, layout.Inside(IndentAt(part.Start)), isBroken), "");
        })];
    }

    // For each element the old one that equals it.
    private static int?[] Same(JsonArray before, JsonArray after)
    {
        var from = new int?[after.Count];
        var start = 0;
        for (; start < Math.Min(before.Count, after.Count) && JsonNode.DeepEquals(before[start], after[start]); start++)
            from[start] = start;
        var end = 0;
        for (; end < Math.Min(before.Count, after.Count) - start && JsonNode.DeepEquals(before[^(end + 1)], after[^(end + 1)]); end++)
            from[^(end + 1)] = before.Count - end - 1;
        var free = Enumerable.Range(start, before.Count - start - end).ToList();
        for (var i = start; i < after.Count - end; i++)
        {
            if (free.FindIndex(old => JsonNode.DeepEquals(before[old], after[i])) is >= 0 and var found)
            {
                from[i] = free[found];
                free.RemoveAt(found);
            }
        }

        return from;
    }

    private string Join(JsonPart part, List<Piece> pieces)
    {
        var joined = new StringBuilder().Append(text[part.Start]);
        var isInline = !Between(part).Contains('\n');
        var hasLastComma = text[JsonPart.SkipBlank(text, part.Parts[^1].End)] == ',';
        var tail = "";
        for (var i = 0; i < pieces.Count; i++)
        {
            // On a line the first has the space of the first, and the others are apart.
            var lead = !isInline ? pieces[i].Lead : i == 0 ? Kept(part, 0, "").Lead : pieces[i].Lead.Length == 0 ? " " : pieces[i].Lead;
            joined.Append(AfterComment(tail, lead)).Append(lead).Append(pieces[i].Body).Append(i < pieces.Count - 1 || hasLastComma ? "," : "").Append(tail = pieces[i].Tail);
        }

        var rest = text[Rest(part, part.Parts.Count - 1)..part.End];
        return joined.Append(AfterComment(tail, rest)).Append(rest).ToString();
    }

    // Behind a comment that goes to the end of its line, a new line begins.
    private static string AfterComment(string tail, string next) =>
        tail.Contains("//", StringComparison.Ordinal) && !next.StartsWith('\n') && !next.StartsWith('\r') ? "\n" : "";

    private Piece Kept(JsonPart part, int i, string body)
    {
        var start = i == 0 ? part.Start + 1 : Rest(part, i - 1);
        return new(text[start..part.Parts[i].NameStart], body, TailOf(part, i));
    }

    // A comment between a part and its comma, or behind the comma on the same line, belongs to the part.
    private string TailOf(JsonPart part, int i)
    {
        var end = part.Parts[i].End;
        var rest = Rest(part, i);
        var tail = text[end..rest];
        var comma = JsonPart.SkipBlank(text, end);
        return (comma < rest && text[comma] == ',' ? tail.Remove(comma - end, 1) : tail).TrimEnd();
    }

    // Where what belongs to a part ends, its comma and the comment on the same line included.
    private int Rest(JsonPart part, int i)
    {
        var end = part.Parts[i].End;
        var at = JsonPart.SkipBlank(text, end);
        if (text[at] != ',')
            return EndOfLineComment(end) ?? end;
        return EndOfLineComment(at + 1) ?? at + 1;
    }

    private int? EndOfLineComment(int at)
    {
        while (text[at] is ' ' or '\t')
            at++;
        if (text[at] != '/')
            return null;

        var end = JsonPart.EndOfComment(text, at);
        return end == text.Length || text[end] is '\n' or '\r' ? end : null;
    }

    // New parts stand as the last one does.
    private string NewLead(JsonPart part)
    {
        var lead = Kept(part, part.Parts.Count - 1, "").Lead;
        var line = lead.LastIndexOf('\n');
        return line >= 0 ? $"\n{new string([.. lead[(line + 1)..].TakeWhile(c => c is ' ' or '\t')])}" : " ";
    }

    private string Between(JsonPart part)
    {
        var between = new StringBuilder();
        for (var i = 0; i < part.Parts.Count; i++)
            between.Append(Kept(part, i, "").Lead).Append(TailOf(part, i));
        return between.ToString();
    }

    private string IndentAt(int at)
    {
        var start = text.LastIndexOf('\n', at) + 1;
        return new string([.. text[start..].TakeWhile(c => c is ' ' or '\t')]);
    }

    private int TakenAt(int at) => at - (text.LastIndexOf('\n', at) + 1) - IndentAt(at).Length;

    private static string NameOf(JsonPart part) => JsonSerializer.Deserialize<string>($"\"{part.Name}\"")!;

    private sealed record Piece(string Lead, string Body, string Tail);
}
