using System.Globalization;
using Crowd4Care.Contracts;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>What the network's documents mean in the product's words.</summary>
internal static class BlueskyPost
{
    public const string Network = "bluesky";

    public static string UriOf(string did, string rkey) => $"at://{did}/{PostJson.Collection}/{rkey}";

    public static string UrlOf(string handleOrDid, string rkey) => $"https://bsky.app/profile/{handleOrDid}/post/{rkey}";

    /// <summary>The account and key of a post's uri; null for a uri of something else.</summary>
    public static (string Did, string Rkey)? Parts(string? uri) =>
        uri?.Split('/') is ["at:", "", var did, PostJson.Collection, { Length: > 0 } rkey]
            && did.StartsWith("did:", StringComparison.Ordinal)
                ? (did, rkey)
                : null;

    public static NetworkPost ToNetworkPost(
        this PostJson post, string did, string rkey, string? cid, PostAuthor author, PostRelation relation, string? brandHandle,
        DateTimeOffset received) => new()
    {
        Network = Network,
        ExternalId = UriOf(did, rkey),
        ContentId = cid,
        Url = UrlOf(author.Handle, rkey),
        Author = author,
        Text = post.Text ?? "",
        CreatedAt = CreatedAt(post.CreatedAt, received),
        Languages = post.Langs ?? [],
        InReplyTo = post.Reply?.Parent?.Uri,
        RootId = post.Reply?.Root?.Uri,
        RootContentId = post.Reply?.Root?.Cid,
        BrandHandle = brandHandle,
        Relation = relation,
        IsRepost = string.IsNullOrWhiteSpace(post.Text) && post.Embed?.Type == EmbedJson.RecordOnly,
    };

    /// <summary>How the post concerns the account; null when it does not.</summary>
    public static PostRelation? RelationTo(this PostJson post, string? did)
    {
        if (did is null) return null;
        var records = $"at://{did}/";
        if (IsOf(post.Reply?.Parent?.Uri)) return PostRelation.Reply;
        if (post.Facets?.SelectMany(f => f.Features ?? []).Any(f => f.Type == FeatureJson.MentionType && f.Did == did) == true)
            return PostRelation.Mention;
        if (IsOf(post.Embed?.QuotedUri)) return PostRelation.Quote;
        return IsOf(post.Reply?.Root?.Uri) ? PostRelation.Reply : null;

        bool IsOf(string? uri) => uri?.StartsWith(records, StringComparison.Ordinal) == true;
    }

    private static DateTimeOffset CreatedAt(string? declared, DateTimeOffset received) =>
        DateTimeOffset.TryParse(
            declared, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
        && at < received && at > DateTimeOffset.UnixEpoch
            ? at
            : received;
}
