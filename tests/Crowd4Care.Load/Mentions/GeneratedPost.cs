using System.Text.Json;

namespace Crowd4Care.Load.Mentions;

/// <summary>A post that nobody wrote, as the API takes it.</summary>
internal sealed record GeneratedPost
{
    public required string Did { get; init; }

    public required string Key { get; init; }

    public required string Handle { get; init; }

    public required string Name { get; init; }

    public required int Followers { get; init; }

    public required string Text { get; init; }

    public string? Language { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? InReplyTo { get; init; }

    public bool IsRepost { get; init; }

    /// <summary>The identifier on the network.</summary>
    public string Id => $"at://{Did}/app.bsky.feed.post/{Key}";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("network", "bluesky");
        json.WriteStartObject("author");
        json.WriteString("id", Did);
        json.WriteString("handle", Handle);
        json.WriteString("name", Name);
        json.WriteNumber("followers", Followers);
        json.WriteEndObject();
        json.WriteString("text", Text);
        json.WriteString("created_at", CreatedAt);
        json.WriteString("url", $"https://bsky.app/profile/{Handle}/post/{Key}");
        if (Language is not null)
            json.WriteString("language", Language);
        if (InReplyTo is not null)
            json.WriteString("in_reply_to", InReplyTo);
        if (IsRepost)
            json.WriteBoolean("is_repost", true);
        json.WriteEndObject();
    }
}
