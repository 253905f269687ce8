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
            var most = await MostIgnoredAsync(transaction, personIds);
            var away = most.Count == 0 ? [] : await transaction.QueryAsync<(Guid Id, string BrandId)>(
                $"""
                UPDATE people SET away_since = @now, away_reason = @Ignored
                WHERE id IN {database.Dialect.Ids} AND role = 'advocate' AND away_since IS NULL AND (
                  SELECT COUNT(*) FROM offers o
                  WHERE o.person_id = people.id AND o.state = 'expired' AND o.offered_at > COALESCE(
                    (SELECT j.at FROM journal j WHERE j.actor_id = people.id ORDER BY j.seq DESC LIMIT 1), 0))
                  >= (SELECT COALESCE(b.ignored_offers, @usual) FROM brands b WHERE b.id = people.brand_id)
                RETURNING id, brand_id
                """,
                new { now, Ignored, usual = options.Value.IgnoredOffers, ids = Sql.Ids(most.Keys) });
            foreach (var (id, brand) in away)
                await JournalAsync(transaction, now, brand, null, new { personId = id, away = true, reason = Ignored, offers = most[id] });
            return [.. away.Select(a => a.Id)];
        }, cancellationToken);
    }

    // By person, what their brand allows; without those whose brand allows any number.
    private async Task<Dictionary<Guid, int>> MostIgnoredAsync(DbTransaction transaction, IReadOnlyCollection<Guid> personIds)
    {
        var all = await transaction.QueryAsync<(Guid Id, int? Most)>(
            $"SELECT p.id, b.ignored_offers FROM people p JOIN brands b ON b.id = p.brand_id WHERE p.id IN {database.Dialect.Ids}", new { ids = Sql.Ids(personIds) });
        return all.Select(p => (p.Id, Most: p.Most ?? options.Value.IgnoredOffers)).Where(p => p.Most > 0).ToDictionary(p => p.Id, p => p.Most);
    }

    private Task JournalAsync(DbTransaction transaction, DateTimeOffset at, string brandId, Guid? actor, object data) =>
        journal.AppendAsync(transaction, new JournalEntry
        {
            At = at, BrandId = brandId, ActorId = actor, Kind = JournalKinds.AvailabilityChanged, Data = Sql.ToJson(data),
        });
}
