using System.Text.Json;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Load.Checks;

/// <summary>
/// Replays the journal and finds the offers that were made to somebody who was full: open offers and claims together are the load, and
/// an offer needs room under the capacity. What people take without being asked may go over it.
/// </summary>
internal static class CapacityCheck
{
    public static async Task<IReadOnlyList<string>> FindAsync(Database database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var capacities = (await connection.QueryAsync<(string Id, long Capacity)>("SELECT id, capacity FROM people")).ToDictionary(p => p.Id, p => p.Capacity);
        var replay = new Replay(capacities);
        // Unbuffered: a long run has millions of entries.
        await foreach (var entry in connection.QueryUnbufferedAsync<Entry>(
            """
            SELECT seq, mention_id, actor_id, kind, CASE WHEN kind IN ('offer.made', 'offer.expired', 'offer.withdrawn', 'claim.taken') THEN data END AS data
            FROM journal WHERE mention_id IS NOT NULL ORDER BY seq
            """).WithCancellation(cancellationToken))
            replay.Take(entry);
        return replay.Violations;
    }

    private sealed record Entry
    {
        public required long Seq { get; init; }

        public required string MentionId { get; init; }

        public string? ActorId { get; init; }

        public required string Kind { get; init; }

        public string? Data { get; init; }
    }

    private sealed class Replay(Dictionary<string, long> capacities)
    {
        private readonly Dictionary<string, int> loads = [];
        private readonly Dictionary<string, Dictionary<string, int>> offeredTo = [];
        private readonly Dictionary<string, (string Person, int Places)> claimedBy = [];

        public List<string> Violations { get; } = [];

        public void Take(Entry entry)
        {
            switch (entry.Kind)
            {
                case "offer.made":
                    Offer(entry);
                    break;
                case "offer.passed":
                    EndOffer(entry.MentionId, entry.ActorId!);
                    break;
                case "offer.expired" or "offer.withdrawn":
                    EndOffer(entry.MentionId, PersonOf(entry));
                    break;
                case "claim.taken":
                    EndOffers(entry.MentionId);
                    EndClaim(entry.MentionId);
                    claimedBy[entry.MentionId] = (entry.ActorId!, PlacesOf(entry));
                    Count(entry.ActorId!, PlacesOf(entry));
                    break;
                case "claim.released" or "claim.expired" or "mention.handed-back" or "reply.posted" or "mention.escalated" or "mention.resolved" or "mention.deleted" or "mention.ignored":
                    EndOffers(entry.MentionId);
                    EndClaim(entry.MentionId);
                    break;
            }
        }

        private void Offer(Entry entry)
        {
            var (person, places) = (PersonOf(entry), PlacesOf(entry));
            if (loads.GetValueOrDefault(person) + places > capacities.GetValueOrDefault(person, long.MaxValue))
                Violations.Add($"entry {entry.Seq}: mention {entry.MentionId} ({places} places) was offered to {person}, who had {loads.GetValueOrDefault(person)} of {capacities[person]} already");
            if (!offeredTo.TryGetValue(entry.MentionId, out var asked))
                offeredTo[entry.MentionId] = asked = [];
            if (asked.TryAdd(person, places))
                Count(person, places);
        }

        private static string PersonOf(Entry entry) => JsonDocument.Parse(entry.Data!).RootElement.GetProperty("personId").GetString()!;

        // Nothing is said of the usual one.
        private static int PlacesOf(Entry entry) => entry.Data is { } data && JsonDocument.Parse(data).RootElement.TryGetProperty("places", out var places) ? places.GetInt32() : 1;

        private void Count(string person, int places) => loads[person] = loads.GetValueOrDefault(person) + places;

        private void EndOffer(string mention, string person)
        {
            if (offeredTo.TryGetValue(mention, out var asked) && asked.Remove(person, out var places))
                Count(person, -places);
        }

        private void EndOffers(string mention)
        {
            if (!offeredTo.Remove(mention, out var asked))
                return;
            foreach (var (person, places) in asked)
                Count(person, -places);
        }

        private void EndClaim(string mention)
        {
            if (claimedBy.Remove(mention, out var claim))
                Count(claim.Person, -claim.Places);
        }
    }
}
