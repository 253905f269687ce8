using System.Collections.Concurrent;
using Crowd4Care.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>Asks a server for at most 25 profiles.</summary>
internal delegate Task<ProfilesJson> ProfileQuestion(IReadOnlyList<string> dids, CancellationToken cancellationToken);

/// <summary>
/// Knows who is behind an account's identifier: handle, name, followers. Asks for many at once, remembers a bounded number, and when
/// the network can't be asked goes on with the identifier alone: a post is never held up for its author's name.
/// </summary>
internal sealed partial class AuthorDirectory(IOptions<BlueskyOptions> options, TimeProvider time, ILogger<AuthorDirectory> logger)
{
    private const int MaxActors = 25;
    private static readonly TimeSpan FreshFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(15);

    private readonly Lock turning = new();
    // Two generations: when the young one is full it becomes the old one, and the old one is forgotten.
    private ConcurrentDictionary<string, Known> young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, Known> old = new(StringComparer.Ordinal);
    private long restUntilTicks;

    /// <summary>The authors by identifier, one for each asked.</summary>
    /// <param name="dids">Who is asked for.</param>
    /// <param name="ask">Asks the server.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<IReadOnlyDictionary<string, PostAuthor>> FindAsync(
        IEnumerable<string> dids, ProfileQuestion ask, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = new Dictionary<string, PostAuthor>(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var did in dids.Distinct(StringComparer.Ordinal))
        {
            if (Recall(did) is not { } known)
            {
                found[did] = new PostAuthor(did, did);
                missing.Add(did);
                continue;
            }
            found[did] = known.Author;
            if (now - known.At > FreshFor) missing.Add(did);
        }
        foreach (var some in missing.Chunk(MaxActors))
        {
            if (now.UtcTicks < Volatile.Read(ref restUntilTicks)) break;
            try
            {
                foreach (var profile in (await ask(some, cancellationToken)).Profiles ?? [])
                    if (profile.Did is { } did && AuthorOf(profile) is { } author) Remember(found[did] = author, now);
            }
            catch (Exception e) when (e is XrpcException or HttpRequestException or TimeoutException or NetworkException)
            {
                Volatile.Write(ref restUntilTicks, (time.GetUtcNow() + RestAfterFailure).UtcTicks);
                // The server's own words may name the authors.
                Log.NotAsked(logger, some.Length, e is XrpcException x ? x.Error ?? x.Status.ToString() : e.Message);
                break;
            }
        }
        return found;
    }

    /// <summary>Asks a server that answers without credentials.</summary>
    public static ProfileQuestion Public(BlueskyClient client, Uri server) =>
        (dids, cancellationToken) => ProfilesAsync(client, server, dids, null, cancellationToken);

    /// <summary>Asks the account's own server.</summary>
    public static ProfileQuestion Through(BlueskyClient client, BlueskySession session) =>
        (dids, cancellationToken) => session.CallAsync(
            s => ProfilesAsync(client, s.Server, dids, s.AccessJwt, cancellationToken), cancellationToken);

    private static Task<ProfilesJson> ProfilesAsync(
        BlueskyClient client, Uri server, IReadOnlyList<string> dids, string? token, CancellationToken cancellationToken) =>
        client.GetAsync<ProfilesJson>(server, "app.bsky.actor.getProfiles", dids.Select(d => ("actors", d)), token, cancellationToken);

    private static PostAuthor? AuthorOf(ProfileJson profile) => profile.Did is { } did
        ? new PostAuthor(
            did,
            profile.Handle is { Length: > 0 } and not "handle.invalid" ? profile.Handle : did,
            string.IsNullOrWhiteSpace(profile.DisplayName) ? null : profile.DisplayName,
            profile.FollowersCount,
            profile.Verification?.VerifiedStatus is { } status ? status == "valid" : null,
            // What accounts say of themselves; labels by others are opinions. Most that are no bots say nothing.
            profile.Labels?.Any(label => label.Src == did && label.Val == "bot") == true ? true : null)
        : null;

    private Known? Recall(string did) => young.TryGetValue(did, out var known) || old.TryGetValue(did, out known) ? known : null;

    private void Remember(PostAuthor author, DateTimeOffset now)
    {
        lock (turning)
        {
            if (young.Count >= options.Value.ProfileCacheSize / 2)
            {
                old = young;
                young = new(StringComparer.Ordinal);
            }
            young[author.Id] = new Known(author, now);
        }
    }

    private sealed record Known(PostAuthor Author, DateTimeOffset At);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} Bluesky authors could not be looked up, their posts come without name: {Reason}")]
        public static partial void NotAsked(ILogger logger, int count, string reason);
    }
}
