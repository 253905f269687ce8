namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// Finds the post to answer as it stands now: a reply names the current version of it and of the thread's first post.
/// </summary>
internal sealed class ParentLookup(BlueskyClient client, BlueskySession session)
{
    /// <summary>What the reply's record says of its thread, or why there can be no reply.</summary>
    public sealed record Result(ReplyJson? Reply, PostOutcome? Refusal = null);

    public async Task<Result> FindAsync(string uri, CancellationToken cancellationToken)
    {
        if (BlueskyPost.Parts(uri) is not { } parts)
            return Refused(PostOutcomeKind.Invalid, $"'{uri}' is no post of Bluesky: at://did:…/{PostJson.Collection}/… would be.");
        if (await ViewAsync(uri, cancellationToken) is { Cid: { } cid } view)
            return view.Viewer?.ReplyDisabled == true
                ? Refused(PostOutcomeKind.Forbidden, "The author does not let this account reply to the post.")
                : Found(uri, cid, PostJson.TryRead(view.Record));
        // The view hides posts between accounts that block each other, and may be behind: the repository itself decides.
        try
        {
            var record = await session.CallAsync(
                s => client.GetAsync<RecordJson>(
                    s.Server, "com.atproto.repo.getRecord",
                    [("repo", parts.Did), ("collection", PostJson.Collection), ("rkey", parts.Rkey)], s.AccessJwt, cancellationToken),
                cancellationToken);
            if (await IsBlockedAsync(parts.Did, cancellationToken))
                return Refused(PostOutcomeKind.Forbidden, "The author and this account block each other.");
            if (record.Cid is { } current) return Found(uri, current, PostJson.TryRead(record.Value));
        }
        catch (XrpcException e) when (e.IsMissingRecord)
        {
            // Gone, as below.
        }
        return Refused(PostOutcomeKind.Gone, "The post was deleted on Bluesky.");
    }

    /// <summary>Null when the view does not have the post, or can't be asked: then the repository is.</summary>
    private async Task<PostViewJson?> ViewAsync(string uri, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await session.CallAsync(
                s => client.GetAsync<PostsJson>(s.Server, "app.bsky.feed.getPosts", [("uris", uri)], s.AccessJwt, cancellationToken),
                cancellationToken);
            return answer.Posts?.FirstOrDefault(p => p.Uri == uri);
        }
        catch (XrpcException e) when (!e.IsThrottled && !e.IsBadToken)
        {
            return null;
        }
    }

    private async Task<bool> IsBlockedAsync(string did, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await session.CallAsync(
                s => client.GetAsync<ProfilesJson>(
                    s.Server, "app.bsky.actor.getProfiles", [("actors", did)], s.AccessJwt, cancellationToken),
                cancellationToken);
            return answer.Profiles?.Any(p => p.Viewer is { BlockedBy: true } or { Blocking: not null }) == true;
        }
        catch (XrpcException e) when (!e.IsThrottled && !e.IsBadToken)
        {
            return false;
        }
    }

    private static Result Found(string uri, string cid, PostJson? post)
    {
        var parent = new ReferenceJson(uri, cid);
        return new Result(new ReplyJson(post?.Reply?.Root is { Uri: not null, Cid: not null } root ? root : parent, parent));
    }

    private static Result Refused(PostOutcomeKind kind, string reason) => new(null, new PostOutcome(kind, Reason: reason));
}
