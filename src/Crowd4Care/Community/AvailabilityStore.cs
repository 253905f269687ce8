using System.Data.Common;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Community;

/// <summary>Who wants offers, and when. The router reads it; open offers of who is away end with its next sweep.</summary>
public sealed class AvailabilityStore(Database database, Journal journal, TimeProvider clock, IOptions<CommunityOptions> options)
{
    /// <summary>The reason of who did not react to several offers in a row.</summary>
    public const string Ignored = "ignored-offers";

    /// <summary>Somebody says whether they want offers.</summary>
    public Task SetAwayAsync(Guid id, bool away, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            var now = clock.GetUtcNow();
            var brand = await transaction.SingleAsync<string>(
                """
                UPDATE people SET away_since = CASE WHEN @away = 1 THEN @now END, away_reason = NULL
                WHERE id = @id AND (away_since IS NULL) = (@away = 1) RETURNING brand_id
                """,
                new { id, away = away ? 1 : 0, now });
            if (brand is not null)
                await JournalAsync(transaction, now, brand, id, new { personId = id, away });
        }, cancellationToken);

    /// <summary>Somebody says when they want offers. It has no mistakes.</summary>
    public Task SaveAsync(Guid id, Availability availability, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            var brand = await transaction.SingleAsync<string>(
                """
                UPDATE people SET time_zone = @TimeZone, quiet_from = @from, quiet_until = @until, daily_limit = @DailyLimit
                WHERE id = @id RETURNING brand_id
                """,
                new
                {
                    id, availability.TimeZone, availability.DailyLimit,
                    from = Availability.Minute(availability.QuietFrom), until = Availability.Minute(availability.QuietUntil),
                });
            if (brand is not null)
                await JournalAsync(transaction, clock.GetUtcNow(), brand, id, new { personId = id, availability });
        }, cancellationToken);

    /// <summary>
    /// Sets those away who did not react to several offers in a row: as many ran out since they last did anything here, whatever it was. Their
    /// desk tells them why.
    /// </summary>
    /// <returns>Those who are away because of it now.</returns>
    public Task<IReadOnlyList<Guid>> SetIgnorersAwayAsync(IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken = default)
    {
        if (personIds.Count == 0)
            return Task.FromResult<IReadOnlyList<Guid>>([]);

        return database.WriteAsync<IReadOnlyList<Guid>>(async transaction =>
        {
            var now = clock.GetUtcNow();
            // How many a brand allows; 0 is any number.
            const string Most = "(SELECT COALESCE(b.ignored_offers, @usual) FROM brands b WHERE b.id = people.brand_id)";
            var away = await transaction.QueryAsync<(Guid Id, string BrandId, int Most)>(
                $"""
                UPDATE people SET away_since = @now, away_reason = @Ignored
                WHERE id IN {database.Dialect.Ids} AND role = 'advocate' AND away_since IS NULL AND {Most} BETWEEN 1 AND (
                  SELECT COUNT(*) FROM offers o
                  WHERE o.person_id = people.id AND o.state = 'expired' AND o.offered_at > COALESCE(
                    (SELECT j.at FROM journal j WHERE j.actor_id = people.id ORDER BY j.seq DESC LIMIT 1), 0))
                RETURNING id, brand_id, {Most} AS most
                """,
                new { now, Ignored, usual = options.Value.IgnoredOffers, ids = Sql.Ids(personIds) });
            foreach (var (id, brand, most) in away)
                await JournalAsync(transaction, now, brand, null, new { personId = id, away = true, reason = Ignored, offers = most });
            return [.. away.Select(a => a.Id)];
        }, cancellationToken);
    }

    private Task JournalAsync(DbTransaction transaction, DateTimeOffset at, string brandId, Guid? actor, object data) =>
        journal.AppendAsync(transaction, at, brandId, actor, JournalKinds.AvailabilityChanged, data);
}
