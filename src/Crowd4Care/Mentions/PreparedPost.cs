using Crowd4Care.Contracts;
using Crowd4Care.Storage;

namespace Crowd4Care.Mentions;

/// <summary>A post whose row is written out but for what only the transaction knows that stores it: others wait for that one.</summary>
public sealed class PreparedPost
{
    private readonly string row;

    private PreparedPost(NetworkPost post, string row)
    {
        Post = post;
        this.row = row;
    }

    /// <summary>The post.</summary>
    public NetworkPost Post { get; }

    /// <summary>Writes a post out.</summary>
    /// <param name="post">The post.</param>
    /// <param name="now">No post is later than that: clients may lie about the time, and the future would sort above everything.</param>
    public static PreparedPost Of(NetworkPost post, DateTimeOffset now) => new(post, Sql.Row(new
    {
        post.Network,
        post.ExternalId,
        post.ContentId,
        post.Url,
        post.InReplyTo,
        post.RootId,
        post.RootContentId,
        authorId = post.Author.Id,
        authorHandle = post.Author.Handle,
        authorName = post.Author.Name,
        authorFollowers = post.Author.Followers,
        authorVerified = post.Author.IsVerified is { } verified ? (verified ? 1 : 0) : (int?)null,
        authorBot = post.Author.IsBot is { } bot ? (bot ? 1 : 0) : (int?)null,
        post.Text,
        languages = post.Languages.Count == 0 ? null : string.Join(',', post.Languages),
        post.BrandHandle,
        relation = post.Relation.ToString().ToLowerInvariant(),
        isRepost = post.IsRepost ? 1 : 0,
        createdAt = post.CreatedAt < now ? post.CreatedAt : now,
    }).Json);

    /// <summary>The row of the mention that it becomes.</summary>
    internal PreparedRow RowOf(Guid id, Guid conversationId) =>
        new(string.Concat($"{{\"id\":\"{id}\",\"conversationId\":\"{conversationId}\",", row.AsSpan(1)));
}
