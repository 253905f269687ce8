using Crowd4Care.Load.Mentions;
using Crowd4Care.Storage;

namespace Crowd4Care.Load.Throughput;

/// <summary>A row as wide as a mention's.</summary>
internal sealed record LimitRow(IReadOnlyList<string?> Texts, IReadOnlyList<long> Numbers)
{
    public static IReadOnlyList<string> TextColumns { get; } =
        ["id", "conversation", "network", "external_id", "url", "author_id", "author_handle", "author_name", "text", "language", "status"];

    public static IReadOnlyList<string> NumberColumns { get; } = ["followers", "created_at", "received_at"];

    public static LimitRow Of(GeneratedPost post) => new(
        [
            Ids.New(TimeProvider.System).ToString(), Ids.New(TimeProvider.System).ToString(), "bluesky", post.Id, $"https://bsky.app/profile/{post.Handle}/post/{post.Key}",
            post.Did, post.Handle, post.Name, post.Text, post.Language, "received",
        ],
        [post.Followers, post.CreatedAt.ToUnixTimeMilliseconds(), post.CreatedAt.ToUnixTimeMilliseconds()]);
}
