using System.Data.Common;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Networks;

/// <summary>
/// How the channels fare: each of their streams, and the sending of replies. Written by whoever listens or sends, in whatever process, and read by
/// the desk.
/// </summary>
public sealed class ChannelHealthStore(Database database, TimeProvider clock)
{
    /// <summary>The part of a channel that sends; the other parts are streams.</summary>
    public const string Replies = "replies";

    // Posts are counted by so long: the last hour is told to within it.
    private static readonly TimeSpan CountedBy = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CountsKept = TimeSpan.FromHours(25);

    /// <summary>Notes that a part works, or what its trouble is. One that goes on keeps the time at which it began.</summary>
    /// <param name="position">Everything written until then was heard; null where the stream does not tell.</param>
    public Task ReportAsync(Guid channelId, string part, ChannelTrouble? trouble, DateTimeOffset? position = null, CancellationToken cancellationToken = default) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            INSERT INTO channel_parts (channel_id, part, heard_at, position_at, trouble, error, error_at, retry_at)
            SELECT id, @part, @heardAt, @position, @kind, @Message, @errorAt, @RetryAt FROM channels WHERE id = @channelId
            ON CONFLICT (channel_id, part) DO UPDATE SET heard_at = COALESCE(excluded.heard_at, channel_parts.heard_at),
              position_at = COALESCE(excluded.position_at, channel_parts.position_at), trouble = excluded.trouble, error = excluded.error,
              error_at = CASE WHEN channel_parts.trouble = excluded.trouble THEN channel_parts.error_at ELSE excluded.error_at END,
              retry_at = excluded.retry_at
            """,
            new
            {
                channelId, part, position, trouble?.Message, trouble?.RetryAt, kind = trouble?.Kind.ToString().ToLowerInvariant(),
                heardAt = trouble is null ? clock.GetUtcNow() : (DateTimeOffset?)null,
                errorAt = trouble is null ? (DateTimeOffset?)null : clock.GetUtcNow(),
            }), cancellationToken);

    /// <summary>Notes that a part works, where it was in trouble; writes nothing where it was not.</summary>
    public Task WorksAsync(DbTransaction transaction, Guid channelId, string part) => transaction.ExecuteAsync(
        """
        UPDATE channel_parts SET heard_at = @now, trouble = NULL, error = NULL, error_at = NULL, retry_at = NULL
        WHERE channel_id = @channelId AND part = @part AND trouble IS NOT NULL
        """,
        new { channelId, part, now = clock.GetUtcNow() });

    /// <summary>Counts posts of a stream that are stored in this transaction.</summary>
    /// <param name="newest">When the newest of them was written.</param>
    public async Task CountAsync(DbTransaction transaction, Guid channelId, string part, int posts, DateTimeOffset newest)
    {
        var now = clock.GetUtcNow();
        var from = now - TimeSpan.FromTicks(now.UtcTicks % CountedBy.Ticks);
        await transaction.ExecuteAsync(
            """
            INSERT INTO channel_parts (channel_id, part, heard_at, post_at, stored_at)
            SELECT id, @part, @now, @newest, @now FROM channels WHERE id = @channelId
            ON CONFLICT (channel_id, part) DO UPDATE SET post_at = excluded.post_at, stored_at = excluded.stored_at
            WHERE channel_parts.post_at IS NULL OR channel_parts.post_at <= excluded.post_at
            """,
            new { channelId, part, newest, now });
        var counted = await transaction.SingleAsync<long?>(
            """
            INSERT INTO channel_posts (channel_id, from_at, posts) SELECT id, @from, @posts FROM channels WHERE id = @channelId
            ON CONFLICT (channel_id, from_at) DO UPDATE SET posts = channel_posts.posts + excluded.posts
            RETURNING posts
            """,
            new { channelId, from, posts });
        // A new row: time to forget old ones.
        if (counted == posts)
            await transaction.ExecuteAsync("DELETE FROM channel_posts WHERE channel_id = @channelId AND from_at < @until", new { channelId, until = now - CountsKept });
    }

    /// <summary>How a channel fares.</summary>
    public async Task<ChannelHealth> OfAsync(Guid channelId, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenAsync(cancellationToken);
        var parts = await connection.QueryAsync<PartRow>(
            "SELECT part, heard_at, position_at, post_at, stored_at, trouble, error, error_at, retry_at FROM channel_parts WHERE channel_id = @channelId ORDER BY part",
            new { channelId });
        var (hour, day) = await connection.QuerySingleAsync<(long, long)>(
            """
            SELECT COALESCE(SUM(CASE WHEN from_at > @hour THEN posts END), 0), COALESCE(SUM(posts), 0)
            FROM channel_posts WHERE channel_id = @channelId AND from_at > @day
            """,
            new { channelId, hour = now.AddHours(-1), day = now.AddDays(-1) });
        return new ChannelHealth([.. parts.Select(p => p.ToPart())], hour, day);
    }

    private sealed record PartRow
    {
        public required string Part { get; init; }

        public DateTimeOffset? HeardAt { get; init; }

        public DateTimeOffset? PositionAt { get; init; }

        public DateTimeOffset? PostAt { get; init; }

        public DateTimeOffset? StoredAt { get; init; }

        public string? Trouble { get; init; }

        public string? Error { get; init; }

        public DateTimeOffset? ErrorAt { get; init; }

        public DateTimeOffset? RetryAt { get; init; }

        public ChannelPart ToPart() => new()
        {
            Name = Part, HeardAt = HeardAt, PositionAt = PositionAt, PostAt = PostAt, StoredAt = StoredAt, TroubleSince = ErrorAt,
            // A kind that a newer program wrote is trouble all the same.
            Trouble = Trouble is null ? null : new ChannelTrouble(Enum.TryParse<TroubleKind>(Trouble, ignoreCase: true, out var kind) ? kind : TroubleKind.Other, Error ?? "", RetryAt),
        };
    }
}

/// <summary>How a channel fares.</summary>
/// <param name="Parts">Its streams and the sending of replies, as far as they reported.</param>
/// <param name="LastHour">Posts stored in the last hour.</param>
/// <param name="LastDay">Posts stored in the last day.</param>
public sealed record ChannelHealth(IReadOnlyList<ChannelPart> Parts, long LastHour, long LastDay)
{
    // Who listens reports every quarter of a minute; a silent one is missed after several.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    /// <summary>Its streams.</summary>
    public IEnumerable<ChannelPart> Streams => Parts.Where(p => p.Name != ChannelHealthStore.Replies);

    /// <summary>When any stream last had an answer of the network.</summary>
    public DateTimeOffset? HeardAt => Streams.Max(s => s.HeardAt);

    /// <summary>The parts in trouble, those that only a person can mend first.</summary>
    public IEnumerable<ChannelPart> InTrouble => Parts.Where(p => p.Trouble is not null).OrderByDescending(p => p.NeedsSomebody);

    /// <summary>What to say of it as a whole.</summary>
    public ChannelCondition Condition(bool isOn, DateTimeOffset now) => this switch
    {
        _ when !isOn => ChannelCondition.Off,
        _ when Parts.Any(p => p.NeedsSomebody) => ChannelCondition.NeedsSomebody,
        _ when Parts.Any(p => p.Trouble is not null) => ChannelCondition.Trying,
        { HeardAt: null } => ChannelCondition.Starting,
        { HeardAt: var heard } when now - heard > Silence => ChannelCondition.Silent,
        _ => ChannelCondition.Listening,
    };
}

/// <summary>A stream of a channel, or the sending of its replies.</summary>
public sealed record ChannelPart
{
    /// <summary>The stream's name, or <see cref="ChannelHealthStore.Replies"/>.</summary>
    public required string Name { get; init; }

    /// <summary>When the network last answered.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>Everything written until then was heard; null where the stream does not tell.</summary>
    public DateTimeOffset? PositionAt { get; init; }

    /// <summary>When the newest post was written.</summary>
    public DateTimeOffset? PostAt { get; init; }

    /// <summary>When that one was stored here.</summary>
    public DateTimeOffset? StoredAt { get; init; }

    /// <summary>Its trouble; null while it works.</summary>
    public ChannelTrouble? Trouble { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? TroubleSince { get; init; }

    /// <summary>Whether it stays as it is until a person does something.</summary>
    public bool NeedsSomebody => Trouble?.Kind is TroubleKind.SignIn or TroubleKind.Settings or TroubleKind.Refused;
}

/// <summary>How a channel is as a whole.</summary>
public enum ChannelCondition
{
    /// <summary>Switched off.</summary>
    Off,

    /// <summary>Nothing heard yet.</summary>
    Starting,

    /// <summary>All parts work.</summary>
    Listening,

    /// <summary>A part is in trouble that passes by itself.</summary>
    Trying,

    /// <summary>A part is in trouble that a person must mend.</summary>
    NeedsSomebody,

    /// <summary>Nobody reports: perhaps no process listens.</summary>
    Silent,
}
