using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd4Care.Networks.Bluesky;

// Only what is used of the network's documents. Everything may be missing: any program can publish to the network.

internal sealed record SessionJson(
    string? AccessJwt, string? RefreshJwt, string? Did, string? Handle, DidDocumentJson? DidDoc, bool? Active, string? Status);

internal sealed record DidDocumentJson(IReadOnlyList<DidServiceJson>? Service);

internal sealed record DidServiceJson(string? Id, JsonElement ServiceEndpoint);

internal sealed record ErrorJson(string? Error, string? Message);

internal sealed record ResolvedHandleJson(string? Did);

internal sealed record ReferenceJson(string? Uri, string? Cid);

internal sealed record ReplyJson(ReferenceJson? Root, ReferenceJson? Parent);

internal sealed record RecordJson(string? Uri, string? Cid, JsonElement Value);

internal sealed record PostsJson(IReadOnlyList<PostViewJson>? Posts);

internal sealed record PostViewJson(string? Uri, string? Cid, ProfileJson? Author, JsonElement Record, PostViewerJson? Viewer);

internal sealed record PostViewerJson(bool ReplyDisabled);

internal sealed record ProfilesJson(IReadOnlyList<ProfileJson>? Profiles);

internal sealed record ProfileJson(string? Did, string? Handle, string? DisplayName, int? FollowersCount, VerificationJson? Verification, IReadOnlyList<LabelJson>? Labels, ProfileViewerJson? Viewer);

internal sealed record VerificationJson(string? VerifiedStatus);

internal sealed record LabelJson(string? Src, string? Val);

internal sealed record ProfileViewerJson(bool BlockedBy, string? Blocking);

internal sealed record NotificationsJson(IReadOnlyList<NotificationJson>? Notifications, string? Cursor);

internal sealed record NotificationJson(
    string? Uri, string? Cid, ProfileJson? Author, string? Reason, JsonElement Record, DateTimeOffset IndexedAt);

internal sealed record JetstreamEventJson(string? Did, string? Kind, CommitJson? Commit, AccountJson? Account);

internal sealed record CommitJson(string? Operation, string? Collection, string? Rkey, string? Cid, JsonElement Record);

internal sealed record AccountJson(bool Active, string? Status);

/// <summary>A post as its author's program wrote it.</summary>
internal sealed record PostJson
{
    public const string Collection = "app.bsky.feed.post";

    [JsonPropertyName("$type")]
    public string? Type { get; init; }

    public string? Text { get; init; }
    public string? CreatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Langs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReplyJson? Reply { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FacetJson>? Facets { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EmbedJson? Embed { get; init; }

    /// <summary>Null for a record that is no readable post.</summary>
    public static PostJson? TryRead(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object) return null;
        try
        {
            return record.Deserialize<PostJson>(JsonSerializerOptions.Web) is { } post && post.Type is null or Collection ? post : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record FacetJson
{
    public FacetRangeJson Index { get; init; } = new(0, 0);
    public IReadOnlyList<FeatureJson>? Features { get; init; }
}

internal sealed record FacetRangeJson(int ByteStart, int ByteEnd);

internal sealed record FeatureJson
{
    public const string LinkType = "app.bsky.richtext.facet#link";
    public const string TagType = "app.bsky.richtext.facet#tag";
    public const string MentionType = "app.bsky.richtext.facet#mention";

    [JsonPropertyName("$type")]
    public string? Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Uri { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tag { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Did { get; init; }
}

/// <summary>What is attached to a post. A quoted post stands in <c>record</c>, one level deeper beside a picture.</summary>
internal sealed record EmbedJson
{
    public const string RecordOnly = "app.bsky.embed.record";

    [JsonPropertyName("$type")]
    public string? Type { get; init; }

    public EmbeddedRecordJson? Record { get; init; }

    [JsonIgnore]
    public string? QuotedUri => Record?.Uri ?? Record?.Record?.Uri;
}

internal sealed record EmbeddedRecordJson(string? Uri, ReferenceJson? Record);
