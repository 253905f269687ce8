using System.Globalization;
using System.Net;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// Puts replies on the network. The record key is made beforehand and kept with the reply: the account's repository takes a key only
/// once, so that a reply sent again is recognised and never stands there twice.
/// </summary>
internal sealed class BlueskyReplies(BlueskyClient client, TimeProvider time)
{
    public async Task<PostOutcome> PostAsync(BlueskySession session, OutgoingReply reply, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reply.Text)) return new(PostOutcomeKind.Invalid, Reason: "The reply has no text.");
        var measure = BlueskyText.Measure(reply.Text);
        if (!measure.Fits)
            return new(
                PostOutcomeKind.Invalid,
                Reason: $"The reply is too long: {measure.Count} of {measure.Limit} characters, or over {BlueskyText.MaxBytes} bytes.");

        var sent = false;
        try
        {
            var found = await new ParentLookup(client, session).FindAsync(reply.ParentId, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            var record = await RecordAsync(session, reply, found.Reply!, cancellationToken);
            sent = true;
            return PostOutcome.Done(await CreateAsync(session, reply.Key, record, cancellationToken));
        }
        catch (XrpcException e)
        {
            return await RefusedAsync(session, reply, e, sent, cancellationToken);
        }
        catch (NetworkException e)
        {
            return new(PostOutcomeKind.Unauthorized, Reason: e.Message);
        }
        catch (HttpRequestException e)
        {
            // Not even connected: nothing was written.
            var unsent = e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
            return new(sent && !unsent ? PostOutcomeKind.Unknown : PostOutcomeKind.Transient, Reason: e.Message);
        }
        catch (TimeoutException e)
        {
            return new(sent ? PostOutcomeKind.Unknown : PostOutcomeKind.Transient, Reason: e.Message);
        }
        catch (OperationCanceledException) when (sent)
        {
            return new(PostOutcomeKind.Unknown, Reason: "The program was stopped while the reply was on its way.");
        }
    }

    /// <summary>The reply as it stands on the network; null when it is not there.</summary>
    public async Task<PostedReply?> FindAsync(BlueskySession session, OutgoingReply reply, CancellationToken cancellationToken) =>
        (await StandingAsync(await session.GetAsync(cancellationToken), reply.Key, cancellationToken))?.Posted;

    private async Task<PostJson> RecordAsync(
        BlueskySession session, OutgoingReply reply, ReplyJson thread, CancellationToken cancellationToken)
    {
        var server = (await session.GetAsync(cancellationToken)).Server;
        var facets = await RichText.FacetsAsync(reply.Text, handle => ResolveAsync(server, handle, cancellationToken));
        return new PostJson
        {
            Type = PostJson.Collection,
            Text = reply.Text,
            CreatedAt = reply.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            Langs = string.IsNullOrEmpty(reply.Language) ? null : [reply.Language],
            Reply = thread,
            Facets = facets.Count == 0 ? null : facets,
        };
    }

    /// <summary>Null, and so plain text, also for a handle whose domain does not answer: it must not hold up the reply.</summary>
    private async Task<string?> ResolveAsync(Uri server, string handle, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ResolveHandleAsync(server, handle, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or XrpcException { IsThrottled: false })
        {
            return null;
        }
    }

    private Task<PostedReply> CreateAsync(BlueskySession session, string key, PostJson record, CancellationToken cancellationToken) =>
        session.CallAsync(
            async s =>
            {
                var created = await client.PostAsync<ReferenceJson>(
                    s.Server, "com.atproto.repo.createRecord",
                    new { repo = s.Did, collection = PostJson.Collection, rkey = key, record }, s.AccessJwt, cancellationToken);
                return new PostedReply(created.Uri ?? BlueskyPost.UriOf(s.Did, key), created.Cid, BlueskyPost.UrlOf(s.Handle, key));
            },
            cancellationToken);

    private async Task<PostOutcome> RefusedAsync(
        BlueskySession session, OutgoingReply reply, XrpcException e, bool sent, CancellationToken cancellationToken)
    {
        if (e.IsThrottled) return new(PostOutcomeKind.Throttled, Reason: e.Message, RetryAt: e.RetryAt ?? time.GetUtcNow().AddMinutes(1));
        // A key that is taken is answered as a fault of the server.
        if (sent && await RepeatedAsync(session, reply, cancellationToken) is { } repeated) return repeated;
        if (e.IsServerFault) return new(sent ? PostOutcomeKind.Unknown : PostOutcomeKind.Transient, Reason: e.Message);
        if (e.IsBadToken || e.Error is "AccountTakedown" or "AccountDeactivated")
            return new(PostOutcomeKind.Unauthorized, Reason: e.Message);
        if (e.Status == HttpStatusCode.Forbidden) return new(PostOutcomeKind.Forbidden, Reason: e.Message);
        return new(PostOutcomeKind.Invalid, Reason: e.Message);
    }

    /// <summary>The outcome when a post stands under the reply's key already: this reply, or by a mistake another.</summary>
    private async Task<PostOutcome?> RepeatedAsync(BlueskySession session, OutgoingReply reply, CancellationToken cancellationToken)
    {
        try
        {
            var signedIn = await session.GetAsync(cancellationToken);
            if (await StandingAsync(signedIn, reply.Key, cancellationToken) is not { } standing) return null;
            return standing.Text == reply.Text
                ? PostOutcome.Done(standing.Posted)
                : new(PostOutcomeKind.Invalid, Reason: $"Another post stands under the key {reply.Key} already.");
        }
        catch (Exception e) when (e is XrpcException or HttpRequestException or TimeoutException or NetworkException)
        {
            return null;
        }
    }

    private async Task<(PostedReply Posted, string? Text)?> StandingAsync(SignedIn session, string key, CancellationToken cancellationToken)
    {
        try
        {
            // Public: needs no token.
            var record = await client.GetAsync<RecordJson>(
                session.Server, "com.atproto.repo.getRecord",
                [("repo", session.Did), ("collection", PostJson.Collection), ("rkey", key)], null, cancellationToken);
            var uri = record.Uri ?? BlueskyPost.UriOf(session.Did, key);
            return (new PostedReply(uri, record.Cid, BlueskyPost.UrlOf(session.Handle, key)), PostJson.TryRead(record.Value)?.Text);
        }
        catch (XrpcException e) when (e.IsMissingRecord && !e.IsMissingAccount)
        {
            return null;
        }
    }
}
