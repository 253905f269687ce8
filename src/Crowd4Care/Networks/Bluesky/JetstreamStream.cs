using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// The posts of the whole network, of which those are taken that hold a keyword or name the brand's account; and every deletion.
/// Needs no credentials.
/// </summary>
internal sealed partial class JetstreamStream(
    BlueskySettings settings, Uri service, BlueskyClient client, AuthorDirectory authors, BlueskyOptions options, TimeProvider time,
    ILogger logger) : IPostStream
{
    private static readonly TimeSpan LookUpLimit = TimeSpan.FromSeconds(3);

    public string Name => "jetstream";

    public async IAsyncEnumerable<StreamBatch> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new JetstreamReader(
            options.JetstreamsFor(settings), new KeywordMatcher(settings.Keywords), JetstreamCursor.Read(cursor), options, time, logger)
        {
            BrandDid = await BrandAsync(cancellationToken),
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = Task.WhenAll(reader.RunAsync(stop.Token), FindBrandAsync(reader, stop.Token));
        try
        {
            JetstreamCursor? saved = null;
            var savedAt = time.GetUtcNow();
            while (true)
            {
                var (finds, position) = await GatherAsync(reader, cancellationToken);
                var batch = await BatchOfAsync(finds, reader.BrandDid, cancellationToken) with { Position = position?.Time, Trouble = reader.Trouble };
                var now = time.GetUtcNow();
                if (position is not null && position != saved && (batch.Posts.Count > 0 || now - savedAt >= options.CursorInterval))
                {
                    batch = batch with { Cursor = position.ToString() };
                    (saved, savedAt) = (position, now);
                }
                yield return batch;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Waits for a post and those that come shortly after it, no longer than a batch may take. With the position behind all of it.
    /// </summary>
    private async Task<(List<JetstreamFind> Finds, JetstreamCursor? Position)> GatherAsync(
        JetstreamReader reader, CancellationToken cancellationToken)
    {
        var finds = new List<JetstreamFind>();
        using var until = new CancellationTokenSource(options.BatchInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(until.Token, cancellationToken);
        try
        {
            while (finds.Count < JetstreamReader.Capacity && !finds.Exists(f => f.Post is not null))
            {
                await reader.Finds.WaitToReadAsync(either.Token);
                Drain();
            }
            await Task.Delay(options.BatchDelay, time, cancellationToken);
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Time for a batch, whatever is in it.
        }
        return (finds, Drain());

        JetstreamCursor? Drain()
        {
            // In this order: what is up to the position is in the channel by then.
            var position = reader.Position;
            for (var left = reader.Finds.Count; left > 0 && reader.Finds.TryRead(out var find); left--) finds.Add(find);
            return position;
        }
    }

    private async Task<StreamBatch> BatchOfAsync(List<JetstreamFind> finds, string? brandDid, CancellationToken cancellationToken)
    {
        if (finds.Count == 0) return new StreamBatch();
        var deleted = finds.Select(f => f.Deleted).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var deletedAuthors = finds.Select(f => f.DeletedAuthor).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var found = finds.Select(f => f.Post).OfType<FoundPost>()
            .Where(p => !deleted.Contains(p.Uri) && !deletedAuthors.Contains(p.Did)).DistinctBy(p => p.Uri).ToList();
        var profiles = await authors.FindAsync(found.Select(p => p.Did), AskAsync, cancellationToken);
        var now = time.GetUtcNow();
        return new StreamBatch
        {
            Posts =
            [
                .. found
                    .Where(p => brandDid is not null || profiles[p.Did].Handle != settings.Handle)
                    .Select(p => p.Post.ToNetworkPost(p.Did, p.Rkey, p.Cid, profiles[p.Did], p.Relation, settings.Handle, now)),
            ],
            Deleted = [.. deleted],
            DeletedAuthors = [.. deletedAuthors],
        };
    }

    private Task<ProfilesJson> AskAsync(IReadOnlyList<string> dids, CancellationToken cancellationToken) =>
        AuthorDirectory.Public(client, new Uri(options.PublicApi))(dids, cancellationToken).WaitAsync(LookUpLimit, time, cancellationToken);

    /// <summary>Goes on asking who the brand is, where the first answer failed.</summary>
    private async Task FindBrandAsync(JetstreamReader reader, CancellationToken cancellationToken)
    {
        if (settings.Handle is null) return;
        while (reader.BrandDid is null)
        {
            await Task.Delay(options.BackOffLongest, time, cancellationToken);
            reader.BrandDid = await BrandAsync(cancellationToken);
        }
    }

    private async Task<string?> BrandAsync(CancellationToken cancellationToken)
    {
        if (settings.Handle is not { } handle) return null;
        try
        {
            var did = await client.ResolveHandleAsync(service, handle, cancellationToken);
            if (did is null) Log.NoSuchHandle(logger, handle, service.Host);
            return did;
        }
        catch (Exception e) when (e is XrpcException or HttpRequestException or TimeoutException)
        {
            Log.NotResolved(logger, handle, e.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Host} knows nobody with the Bluesky handle @{Handle}: only keywords are listened for")]
        public static partial void NoSuchHandle(ILogger logger, string handle, string host);

        [LoggerMessage(LogLevel.Warning, "The Bluesky handle @{Handle} could not be looked up: {Reason}")]
        public static partial void NotResolved(ILogger logger, string handle, string reason);
    }
}
