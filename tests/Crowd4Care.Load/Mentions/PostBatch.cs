using System.Text;
using System.Text.Json;

namespace Crowd4Care.Load.Mentions;

/// <summary>Posts as the body of one request, made beforehand: making them must not take time from what is measured.</summary>
internal sealed record PostBatch(byte[] Body, int Count)
{
    /// <summary>Puts posts into bodies of <paramref name="size"/> each.</summary>
    public static IEnumerable<PostBatch> Of(IEnumerable<GeneratedPost> posts, int size) => posts.Chunk(size).Select(chunk => Of(chunk));

    public static PostBatch Of(IReadOnlyCollection<GeneratedPost> posts)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var post in posts)
                post.WriteTo(json);
            json.WriteEndArray();
        }

        return new PostBatch(buffer.ToArray(), posts.Count);
    }

    /// <summary>Puts recorded mentions, one JSON object a line, into bodies.</summary>
    public static IEnumerable<PostBatch> OfLines(IEnumerable<string> lines, int size) =>
        lines.Where(l => l.Length > 0).Chunk(size).Select(chunk => new PostBatch(Encoding.UTF8.GetBytes($"[{string.Join(',', chunk)}]"), chunk.Length));
}
