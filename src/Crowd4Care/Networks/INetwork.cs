using System.Globalization;
using Crowd4Care.Contracts;
using Crowd4Care.State;

namespace Crowd4Care.Networks;

/// <summary>One kind of social network: what can be listened to, and how a reply is put there exactly once.</summary>
public interface INetwork
{
    /// <summary>The name in lower case, as in <see cref="NetworkPost.Network"/>.</summary>
    string Name { get; }

    /// <summary>What to listen to for this channel. Each stream has a cursor of its own.</summary>
    IReadOnlyList<IPostStream> Streams(ChannelConnection channel);

    /// <summary>Says whether this channel's account can answer by the API, with the reason if not.</summary>
    ReplyPermission MayReply(ChannelConnection channel);

    /// <summary>How many replies each account may post, as the network limits it.</summary>
    RequestBudget Budget { get; }

    /// <summary>Counts a text as this network counts it.</summary>
    TextMeasure Measure(string text);

    /// <summary>A key under which a reply is stored on the network, made once and kept with the reply, so that a repeated send is recognised.</summary>
    string NewReplyKey();

    /// <summary>Posts a reply. Never throws for what the network answers: every answer is an outcome.</summary>
    Task<PostOutcome> PostAsync(ChannelConnection channel, OutgoingReply reply, CancellationToken cancellationToken);

    /// <summary>Looks for a reply that may have been posted already, by its key; null when the network does not have it.</summary>
    /// <exception cref="HttpRequestException">The network can't be asked now: nothing is known, ask again before sending.</exception>
    Task<PostedReply?> FindAsync(ChannelConnection channel, OutgoingReply reply, CancellationToken cancellationToken);

    /// <summary>Tries the channel's settings and credentials against the network.</summary>
    Task<ChannelCheck> CheckAsync(ChannelConnection channel, CancellationToken cancellationToken);
}

/// <summary>One thing to listen to: a stream, a list of notifications, a search.</summary>
public interface IPostStream
{
    /// <summary>Names the cursor; unique within the channel.</summary>
    string Name { get; }

    /// <summary>
    /// Reads from just behind the cursor (from now on when it is null), until cancelled. Posts may repeat.
    /// Reconnects by itself after a broken connection, and says so with <see cref="StreamBatch.Trouble"/>; throws <see cref="NetworkException"/> for what a
    /// person must mend. While all is well it gives a batch at least every half minute, even an empty one.
    /// </summary>
    IAsyncEnumerable<StreamBatch> ReadAsync(string? cursor, CancellationToken cancellationToken);
}

/// <summary>What a stream gave: stored in one transaction together with the cursor.</summary>
public sealed record StreamBatch
{
    /// <summary>Posts that concern the brand, oldest first.</summary>
    public IReadOnlyList<NetworkPost> Posts { get; init; } = [];

    /// <summary>External ids of posts that were deleted on the network, known here or not.</summary>
    public IReadOnlyList<string> Deleted { get; init; } = [];

    /// <summary>Ids of authors whose account is gone: all their posts are purged.</summary>
    public IReadOnlyList<string> DeletedAuthors { get; init; } = [];

    /// <summary>Where to go on after a restart; null leaves the stored cursor as it is.</summary>
    public string? Cursor { get; init; }

    /// <summary>Everything written until then was heard; null where the stream does not know.</summary>
    public DateTimeOffset? Position { get; init; }

    /// <summary>Why the stream hears nothing just now, while it tries by itself; null while it works.</summary>
    public ChannelTrouble? Trouble { get; init; }

    /// <summary>Whether there is nothing to store: it only tells how the stream is.</summary>
    public bool IsEmpty => Posts.Count == 0 && Deleted.Count == 0 && DeletedAuthors.Count == 0 && Cursor is null;
}

/// <summary>A reply on its way to the network.</summary>
public sealed record OutgoingReply
{
    /// <summary>From <see cref="INetwork.NewReplyKey"/>.</summary>
    public required string Key { get; init; }

    /// <summary>What readers will see, signature included.</summary>
    public required string Text { get; init; }

    /// <summary>External id of the post that is answered.</summary>
    public required string ParentId { get; init; }

    /// <summary>Version of the answered post, as it was when the mention was stored.</summary>
    public string? ParentContentId { get; init; }

    /// <summary>The thread's first post, when it is another than the answered one.</summary>
    public string? RootId { get; init; }

    /// <summary>Version of the thread's first post.</summary>
    public string? RootContentId { get; init; }

    /// <summary>Language (BCP 47) of the reply, where known.</summary>
    public string? Language { get; init; }

    /// <summary>When the advocate sent it; stands in the post, so a repeated send makes the same post.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Where a reply stands on the network.</summary>
/// <param name="ExternalId">The network's identifier of the reply.</param>
/// <param name="ContentId">Its version, where the network has such a thing.</param>
/// <param name="Url">Where a person can look at it.</param>
public sealed record PostedReply(string ExternalId, string? ContentId, string? Url);

/// <summary>What came of posting a reply.</summary>
/// <param name="Kind">The class of the outcome; it decides what happens next.</param>
/// <param name="Posted">Set when <paramref name="Kind"/> is <see cref="PostOutcomeKind.Posted"/>.</param>
/// <param name="Reason">What the network said, in words that can be shown to a person.</param>
/// <param name="RetryAt">When to try again, for <see cref="PostOutcomeKind.Throttled"/>.</param>
public sealed record PostOutcome(PostOutcomeKind Kind, PostedReply? Posted = null, string? Reason = null, DateTimeOffset? RetryAt = null)
{
    /// <summary>The reply stands on the network.</summary>
    public static PostOutcome Done(PostedReply posted) => new(PostOutcomeKind.Posted, posted);

    /// <summary>It was not sent, because the channel has no request left until then.</summary>
    public static PostOutcome Held(DateTimeOffset until) =>
        new(PostOutcomeKind.HeldBack, Reason: "the network allows this account no more replies right now", RetryAt: until);
}

/// <summary>Classes of outcomes of a write on a network.</summary>
public enum PostOutcomeKind
{
    /// <summary>It stands on the network.</summary>
    Posted,

    /// <summary>Refused for now by a rate limit; nothing was written.</summary>
    Throttled,

    /// <summary>Not sent at all: the channel's budget of requests is used up, or the network asked for a pause.</summary>
    HeldBack,

    /// <summary>The network could not take it now and surely wrote nothing; try again.</summary>
    Transient,

    /// <summary>Time ran out or the connection broke after the request was sent: look before any other try.</summary>
    Unknown,

    /// <summary>The credentials are refused; a person must mend the channel.</summary>
    Unauthorized,

    /// <summary>This account may not answer this post.</summary>
    Forbidden,

    /// <summary>The post to answer is gone.</summary>
    Gone,

    /// <summary>The network refuses the text itself.</summary>
    Invalid,
}

/// <summary>Length of a text as a network counts it.</summary>
/// <param name="Count">The length in the network's unit (Bluesky: grapheme clusters).</param>
/// <param name="Limit">The largest allowed count.</param>
/// <param name="Fits">Whether all limits are kept, those that <paramref name="Count"/> doesn't show included.</param>
public readonly record struct TextMeasure(int Count, int Limit, bool Fits)
{
    /// <summary>The length in bytes of UTF-8, for networks that limit them too.</summary>
    public int Bytes { get; init; }

    /// <summary>The largest allowed number of bytes; null where only <see cref="Limit"/> counts.</summary>
    public int? LimitBytes { get; init; }

    /// <summary>How much too long the text is, in words: <c>7 characters too many</c>. Empty when it fits.</summary>
    public string Excess =>
        Count > Limit ? Words(Count - Limit, "character")
        : Bytes > LimitBytes ? Words(Bytes - LimitBytes.Value, "byte") + " (emoji take several each)"
        : "";

    private static string Words(int many, string unit) => string.Create(CultureInfo.InvariantCulture, $"{many} {unit}{(many == 1 ? "" : "s")} too many");
}

/// <summary>Whether replies can be posted by the API.</summary>
/// <param name="Allowed">True when they can.</param>
/// <param name="Reason">If not, why, in words for the person at the desk.</param>
public sealed record ReplyPermission(bool Allowed, string? Reason = null);

/// <summary>Result of trying a channel.</summary>
/// <param name="Works">True when the account could be signed in to, or nothing needs it.</param>
/// <param name="Message">What was found, in a sentence.</param>
public sealed record ChannelCheck(bool Works, string Message);

/// <summary>A network said something that a person must mend: wrong credentials, a missing account, an address that is none.</summary>
public sealed class NetworkException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of trouble it is: settings, unless it says otherwise.</summary>
    public TroubleKind Kind { get; init; } = TroubleKind.Settings;
}
