using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Crowd4Care.Contracts;

/// <summary>
/// How the scores of a mention stand in one column: <c>{"sentiment":{"neutral":0.87,"positive":0.08},"emotion":{"none":0.61,"unsure":true}}</c>, the
/// chosen label first. Numbers are probabilities of labels; beside them may stand that the head is unsure (<c>true</c>) and how its label was found
/// (a text). There are as many of them as mentions, so half as long is worth a form of its own. Rows of earlier versions, a JSON array, are read as well.
/// </summary>
public static class ScoreColumn
{
    private static readonly JsonSerializerOptions Array = new(JsonSerializerDefaults.Web);

    // Quotes would be written as six characters each.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes scores, without causes.</summary>
    public static string Write(IEnumerable<Score> scores)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            foreach (var score in scores)
                Write(writer, score);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads scores, in the order in which they were written.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static IReadOnlyList<Score> Read(string column)
    {
        if (column.StartsWith('['))
            return JsonSerializer.Deserialize<IReadOnlyList<Score>>(column, Array) ?? [];

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(column));
        Expect(ref reader, JsonTokenType.StartObject);
        var scores = new List<Score>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            scores.Add(ReadScore(ref reader));
        return scores;
    }

    private static void Write(Utf8JsonWriter writer, Score score)
    {
        writer.WriteStartObject(score.Head);
        writer.WriteNumber(score.Label, score.Probability);
        foreach (var (label, probability) in score.Others ?? new Dictionary<string, double>())
            writer.WriteNumber(label, probability);
        if (score.Unsure == true)
            writer.WriteBoolean("unsure", true);
        if (score.By is not null)
            writer.WriteString("by", score.By);
        writer.WriteEndObject();
    }

    private static Score ReadScore(ref Utf8JsonReader reader)
    {
        var head = reader.GetString()!;
        Expect(ref reader, JsonTokenType.StartObject);
        (string? label, double probability, Dictionary<string, double>? others, bool? unsure, string? by) = (null, 0, null, null, null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.True)
                unsure = true;
            else if (reader.TokenType == JsonTokenType.String)
                by = reader.GetString();
            else if (label is null)
                (label, probability) = (name, reader.GetDouble());
            else
                (others ??= [])[name] = reader.GetDouble();
        }

        return new Score
        {
            Head = head, Label = label ?? throw new JsonException($"The head {head} has no label."), Probability = probability, Others = others, Unsure = unsure, By = by,
        };
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new JsonException($"Expected {type} in the column of scores, not {reader.TokenType}.");
    }
}
