using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Networks;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;

namespace Crowd4Care.Ingestion;

/// <summary>The one way in: stores posts as mentions, moves the cursor in the same transaction, then wakes up classification.</summary>
public sealed class Intake(Database database, MentionStore mentions, MentionLifecycle lifecycle, ChannelStore channels, ChannelHealthStore health, WakeUps wakeUps, TimeProvider clock)
{
    // What the messages promise.
    private const int MostIds = 1000;

    /// <summary>Stores pushed or imported posts.</summary>
    public async Task<IntakeResult> StoreAsync(string brandId, IReadOnlyCollection<NetworkPost> posts, CancellationToken cancellationToken = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        var prepared = Prepare(posts);
        var stored = await database.WriteAsync(transaction => mentions.InsertAsync(transaction, brandId, null, prepared), cancellationToken);
        CrowdMetrics.Received(stored.Count, posts.Count - stored.Count, fromStream: false);
        CrowdTraces.Stage("receive", stored, started);
        await WakeUpAsync(stored, []);
        return new IntakeResult(stored, posts.Count - stored.Count);
    }

    /// <summary>Stores what a stream of a channel gave, with its deletions and its cursor.</summary>
    /// <param name="lease">The listener's lease on the channel.</param>
    /// <exception cref="LeaseLostException">Another listener has gone on; nothing is stored.</exception>
    public async Task<IntakeResult> StoreAsync(
        ChannelConnection channel, string stream, StreamBatch batch, Lease? lease = null, CancellationToken cancellationToken = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        var (prepared, purged) = (Prepare(batch.Posts), new List<Guid>());
        var stored = await database.WriteAsync(async transaction =>
        {
            purged.Clear();
            var inserted = await mentions.InsertAsync(transaction, channel.BrandId, channel.Id, prepared);
            if (batch.Deleted.Count + batch.DeletedAuthors.Count > 0)
            {
                var gone = await mentions.ToPurgeAsync(transaction, channel.Network, batch.Deleted.Concat(batch.DeletedAuthors));
                purged.AddRange((await lifecycle.ApplyAsync(transaction, [.. gone.Select(MentionChange.Deleted)])).Keys);
            }

            if (inserted.Count > 0)
                await health.CountAsync(transaction, channel.Id, stream, inserted.Count, batch.Posts.Max(p => p.CreatedAt));
            if (batch.Cursor is not null)
                await channels.MoveCursorAsync(transaction, channel.Id, stream, batch.Cursor, lease);
            return inserted;
        }, cancellationToken);
        CrowdMetrics.Received(stored.Count, batch.Posts.Count - stored.Count, fromStream: true);
        CrowdTraces.Stage("receive", stored, started);
        await WakeUpAsync(stored, purged);
        return new IntakeResult(stored, batch.Posts.Count - stored.Count);
    }

    private List<PreparedPost> Prepare(IReadOnlyCollection<NetworkPost> posts)
    {
        var now = clock.GetUtcNow();
        return [.. posts.Select(post => PreparedPost.Of(post, now))];
    }

    private Task WakeUpAsync(IReadOnlyList<Guid> stored, List<Guid> purged) => Task.WhenAll(
        wakeUps.PublishAllAsync(stored.Chunk(MostIds).Select(ids => new MentionsReceived { MentionIds = ids })),
        wakeUps.PublishAllAsync(purged.Chunk(MostIds).Select(ids => new MentionsChanged { MentionIds = ids })));
}

/// <summary>What came of storing posts.</summary>
/// <param name="Stored">The new mentions.</param>
/// <param name="Duplicates">How many were stored already, or came twice.</param>
public sealed record IntakeResult(IReadOnlyList<Guid> Stored, int Duplicates);
