using System.Globalization;
using System.Text.Json;
using Crowd4Care.Contracts;

namespace Crowd4Care.Ingestion;

/// <summary>
/// Reads a post from a JSON object, as files and the API give it. Names may be written in snake_case or camelCase. Reports every
/// mistake with its place and what would be right.
/// </summary>
public static class PostJson
{
    /// <summary>Reads an object; the post is null when there are mistakes.</summary>
    /// <param name="json">The object.</param>
    /// <param name="receivedAt">Stands for a missing time.</param>
    public static PostReading Read(JsonElement json, DateTimeOffset receivedAt)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return PostReading.Refused($"a JSON object is expected, not {Kind(json)}");

        try
        {
            return ReadObject(json, receivedAt);
        }
        catch (InvalidOperationException)
        {
            // Looking for a name stumbles over one that no text can hold.
            return PostReading.Refused("the name of a property is not valid Unicode (half of a surrogate pair)");
        }
    }

    private static PostReading ReadObject(JsonElement json, DateTimeOffset receivedAt)
    {
        var mistakes = new List<string>();
        var author = Find(json, "author");
        var handle = author switch
        {
            { ValueKind: JsonValueKind.Object } o => Text(o, mistakes, "author.", "handle"),
            { ValueKind: JsonValueKind.String } => Text(json, mistakes, "", "author"),
            null => Text(json, mistakes, "", "author_handle", "authorHandle"),
            { } other => Wrong(mistakes, "author", "an object with a handle, or a text", other),
        };
        var person = author is { ValueKind: JsonValueKind.Object } found ? found : json;
        var place = author is { ValueKind: JsonValueKind.Object } ? "author." : "";
        var createdAt = Time(json, mistakes, "created_at", "createdAt");
        var draft = new PostDraft
        {
            Id = Text(json, mistakes, "", "id", "external_id", "externalId"),
            Network = Text(json, mistakes, "", "network"),
            AuthorId = author is { ValueKind: JsonValueKind.Object } ? Text(person, mistakes, "author.", "id") : null,
            Handle = handle,
            Name = author is { ValueKind: JsonValueKind.Object } ? Text(person, mistakes, "author.", "name") : Text(json, mistakes, "", "author_name", "authorName"),
            Followers = Number(person, mistakes, place, "followers"),
            IsVerified = Flag(person, mistakes, place, "verified"),
            IsBot = Flag(person, mistakes, place, "bot"),
            Text = Text(json, mistakes, "", "text"),
            CreatedAt = createdAt ?? receivedAt,
            InReplyTo = Text(json, mistakes, "", "in_reply_to", "inReplyTo"),
            RootId = Text(json, mistakes, "", "root_id", "rootId"),
            ContentId = Text(json, mistakes, "", "content_id", "contentId"),
            Brand = Text(json, mistakes, "", "brand"),
            Url = Text(json, mistakes, "", "url"),
            Language = Text(json, mistakes, "", "language", "lang"),
            IsRepost = Flag(json, mistakes, "", "is_repost", "isRepost") == true,
        };
        return draft.Check(mistakes);
    }

    private static JsonElement? Find(JsonElement json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
                return value;
        }

        return null;
    }

    private static bool? Flag(JsonElement json, List<string> mistakes, string prefix, params ReadOnlySpan<string> names)
    {
        if (Find(json, names) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.ValueKind == JsonValueKind.True;

        Wrong(mistakes, prefix + names[0], "true or false", value);
        return null;
    }

    private static string? Text(JsonElement json, List<string> mistakes, string prefix, params ReadOnlySpan<string> names)
    {
        if (Find(json, names) is not { } value)
            return null;

        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                // Identifiers are opaque; some sources write them as numbers.
                JsonValueKind.Number => value.GetRawText(),
                _ => Wrong(mistakes, prefix + names[0], "a text", value),
            };
        }
        catch (InvalidOperationException)
        {
            mistakes.Add($"{prefix}{names[0]}: is not valid Unicode (half of a surrogate pair)");
            return null;
        }
    }

    private static int? Number(JsonElement json, List<string> mistakes, string prefix, string name)
    {
        if (Find(json, name) is not { } value)
            return null;

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0)
            return (int)Math.Min(number, int.MaxValue);

        Wrong(mistakes, prefix + name, "a whole number, 0 or more", value);
        return null;
    }

    private static DateTimeOffset? Time(JsonElement json, List<string> mistakes, params ReadOnlySpan<string> names)
    {
        var text = Text(json, mistakes, "", names);
        if (text is null)
            return null;

        if (PostDraft.TryTime(text, out var time))
            return time;

        mistakes.Add(PostDraft.TimeMistake(names[0], text));
        return null;
    }

    private static string? Wrong(List<string> mistakes, string place, string expected, JsonElement value)
    {
        mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{place}: {expected} is expected, not {Kind(value)}"));
        return null;
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {(value.GetRawText() is { Length: <= 30 } raw ? raw : "given")}",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}

/// <summary>A post, or what is wrong with it.</summary>
/// <param name="Post">The post; null when there are mistakes.</param>
/// <param name="Mistakes">Each with its place and what would be right.</param>
public sealed record PostReading(NetworkPost? Post, IReadOnlyList<string> Mistakes)
{
    /// <summary>A reading with one mistake.</summary>
    public static PostReading Refused(string mistake) => new(null, [mistake]);
}
