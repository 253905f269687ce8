using System.Runtime.CompilerServices;
using Crowd4Care.Contracts;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// Mentions, replies and quotes from the account's notifications, asked for every few seconds. The list has no "since": it is read from
/// the newest back to what is known.
/// </summary>
internal sealed partial class NotificationStream(
    BlueskySession session, BlueskyClient client, AuthorDirectory authors, BlueskyOptions options, TimeProvider time, ILogger logger)
    : IPostStream
{
    private const int FirstLook = 100;
    private const int MaxPages = 200;
    private const int LooksPerDeepLook = 15;
    private static readonly TimeSpan FirstLookBack = TimeSpan.FromHours(24);
    private static readonly TimeSpan TellAfter = TimeSpan.FromSeconds(10);

    public string Name => "notifications";

    public async IAsyncEnumerable<StreamBatch> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = NotificationCursor.Read(cursor);
        var backOff = new BackOff(options);
        var told = DateTimeOffset.MinValue;
        ChannelTrouble? trouble = null;
        for (var look = 0; ; look++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wait = options.PollInterval;
            var (lookedAt, before) = (time.GetUtcNow(), trouble);
            trouble = null;
            IReadOnlyList<NotificationJson>? news = null;
            try
            {
                news = seen is null
                    ? await FirstLookAsync(cancellationToken)
                    : await LookAsync(seen, look % LooksPerDeepLook == 0, cancellationToken);
                backOff.Reset();
            }
            catch (XrpcException e) when (e.IsThrottled)
            {
                wait = Later(e.RetryAt, backOff.Next());
                trouble = e.Trouble with { RetryAt = time.GetUtcNow() + wait };
                Log.Throttled(logger, session.Account.Handle, wait);
            }
            catch (Exception e) when (e is XrpcException or HttpRequestException or TimeoutException)
            {
                wait = backOff.Next();
                trouble = (e as XrpcException)?.Trouble ?? ChannelTrouble.Of(e);
                Log.Failed(logger, session.Account.Handle, wait, e.Message);
            }
            if (news is not null && (news.Count > 0 || seen is null))
            {
                seen = (seen ?? NotificationCursor.StartingAt(time.GetUtcNow() - FirstLookBack)).With(news, options.NotificationOverlap);
                yield return new StreamBatch { Posts = await PostsAsync(news, cancellationToken), Cursor = seen.ToString(), Position = lookedAt };
                told = lookedAt;
            }
            else if (trouble is not null || before is not null || lookedAt - told >= TellAfter)
            {
                yield return new StreamBatch { Position = trouble is null ? lookedAt : null, Trouble = trouble };
                told = lookedAt;
            }
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>What came in the last day, a hundred at most: a newcomer wants to see something.</summary>
    private async Task<IReadOnlyList<NotificationJson>> FirstLookAsync(CancellationToken cancellationToken)
    {
        var page = await PageAsync(FirstLook, null, cancellationToken);
        var since = NotificationCursor.StartingAt(time.GetUtcNow() - FirstLookBack);
        return [.. (page.Notifications ?? []).Where(since.IsNew).Reverse()];
    }

    /// <summary>What is new, oldest first. A deep look goes back to the floor, for what turned up late.</summary>
    private async Task<IReadOnlyList<NotificationJson>> LookAsync(NotificationCursor seen, bool deep, CancellationToken cancellationToken)
    {
        var news = new List<NotificationJson>();
        var end = deep ? seen.Floor : seen.Newest;
        string? next = null;
        for (var i = 0; i < MaxPages; i++)
        {
            var page = await PageAsync(options.PageSize, next, cancellationToken);
            var notifications = page.Notifications ?? [];
            news.AddRange(notifications.Where(seen.IsNew));
            next = page.Cursor;
            if (notifications.Count == 0 || next is null || notifications[^1].IndexedAt < end) break;
            if (i == MaxPages - 1) Log.TooMany(logger, session.Account.Handle, news.Count);
        }
        news.Reverse();
        return [.. news.DistinctBy(n => n.Uri)];
    }

    private Task<NotificationsJson> PageAsync(int limit, string? next, CancellationToken cancellationToken)
    {
        List<(string, string)> query = [("limit", $"{limit}"), ("reasons", "mention"), ("reasons", "reply"), ("reasons", "quote")];
        if (next is not null) query.Add(("cursor", next));
        return session.CallAsync(
            s => client.GetAsync<NotificationsJson>(
                s.Server, "app.bsky.notification.listNotifications", query, s.AccessJwt, cancellationToken),
            cancellationToken);
    }

    private async Task<IReadOnlyList<NetworkPost>> PostsAsync(IReadOnlyList<NotificationJson> news, CancellationToken cancellationToken)
    {
        if (news.Count == 0) return [];
        var self = (await session.GetAsync(cancellationToken)).Did;
        var others = news.Where(n => n.Author?.Did is { } did && did != self).ToList();
        var profiles = await authors.FindAsync(
            others.Select(n => n.Author!.Did!), AuthorDirectory.Through(client, session), cancellationToken);
        return [.. others.Select(n => PostOf(n, profiles[n.Author!.Did!])).OfType<NetworkPost>()];
    }

    private NetworkPost? PostOf(NotificationJson notification, PostAuthor author)
    {
        if (BlueskyPost.Parts(notification.Uri) is not { } parts || PostJson.TryRead(notification.Record) is not { } post) return null;
        if (author.Handle == author.Id && notification.Author?.Handle is { Length: > 0 } handle)
            author = author with { Handle = handle, Name = notification.Author.DisplayName };
        PostRelation? relation = notification.Reason switch
        {
            "mention" => PostRelation.Mention,
            "reply" => PostRelation.Reply,
            "quote" => PostRelation.Quote,
            _ => null,
        };
        return relation is { } known
            ? post.ToNetworkPost(parts.Did, parts.Rkey, notification.Cid, author, known, session.Account.Handle, time.GetUtcNow())
            : null;
    }

    private TimeSpan Later(DateTimeOffset? at, TimeSpan atLeast)
    {
        var wait = (at ?? DateTimeOffset.MinValue) - time.GetUtcNow();
        return wait > atLeast ? wait : atLeast;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Bluesky asks to wait {Wait} before the notifications of @{Handle} are read again")]
        public static partial void Throttled(ILogger logger, string handle, TimeSpan wait);

        [LoggerMessage(LogLevel.Error, "More than {Count} notifications of @{Handle} are new: older ones are left out")]
        public static partial void TooMany(ILogger logger, string handle, int count);

        [LoggerMessage(LogLevel.Warning, "The notifications of @{Handle} could not be read, again in {Wait}: {Reason}")]
        public static partial void Failed(ILogger logger, string handle, TimeSpan wait, string reason);
    }
}
