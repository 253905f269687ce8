using System.Text.Json;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Load.Checks;

/// <summary>Replays each mention's journal: every step must be possible after the one before, and the last must give what the row says.</summary>
internal static class LifecycleCheck
{
    private static readonly Dictionary<string, (string[] From, string? To)> Steps = new()
    {
        ["mention.received"] = ([""], "received"),
        ["mention.classified"] = (["received"], "classified"),
        ["mention.opened"] = (["classified"], "open"),
        ["mention.ignored"] = (["classified"], "ignored"),
        ["mention.escalated"] = (["classified", "open", "claimed"], "escalated"),
        ["claim.taken"] = (["open", "escalated"], "claimed"),
        ["claim.released"] = (["claimed"], null),
        ["claim.expired"] = (["claimed"], null),
        ["claim.extended"] = (["claimed"], "claimed"),
        ["mention.handed-back"] = (["escalated", "claimed"], "open"),
        ["reply.submitted"] = (["claimed"], "claimed"),
        ["reply.failed"] = (["claimed"], "claimed"),
        ["reply.posted"] = (["claimed"], "answered"),
        ["mention.resolved"] = (["open", "claimed", "escalated", "answered"], "resolved"),
        ["offer.made"] = (["open"], "open"),
    };

    public static async Task<IReadOnlyList<Violation>> FindAsync(Database database)
    {
        await using var connection = await database.OpenAsync();
        var rows = (await connection.QueryAsync<(string Id, string Status, long Fence)>("SELECT id, status, fence FROM mentions")).ToDictionary(m => m.Id);
        var lives = new Dictionary<string, Life>();
        var violations = new List<Violation>();
        await foreach (var entry in connection.QueryUnbufferedAsync<Entry>("SELECT seq, mention_id, kind, data FROM journal WHERE mention_id IS NOT NULL ORDER BY seq"))
        {
            if (!Steps.TryGetValue(entry.Kind, out var step))
                continue;

            var life = lives.TryGetValue(entry.MentionId, out var known) ? known : lives[entry.MentionId] = new Life();
            if (!step.From.Contains(life.Status))
                violations.Add(new Violation(Broken.Journal, $"mention {entry.MentionId}, entry {entry.Seq}: {entry.Kind} after \"{life.Status}\""));
            life.Take(entry, step.To);
        }

        violations.AddRange(rows.Values.Where(r => lives.GetValueOrDefault(r.Id)?.Status != r.Status)
            .Select(r => new Violation(Broken.Journal, $"mention {r.Id} is {r.Status}, and its journal ends with \"{lives.GetValueOrDefault(r.Id)?.Status}\"")));
        violations.AddRange(rows.Values.Where(r => lives.GetValueOrDefault(r.Id) is { } life && life.Claims != r.Fence)
            .Select(r => new Violation(Broken.Journal, $"mention {r.Id} was claimed {lives[r.Id].Claims} times, and its fencing number is {r.Fence}")));
        return violations;
    }

    private sealed class Life
    {
        private string home = "open";

        public string Status { get; private set; } = "";

        public long Claims { get; private set; }

        public void Take(Entry entry, string? to)
        {
            if (entry.Kind == "claim.taken")
            {
                Claims++;
                home = JsonDocument.Parse(entry.Data!).RootElement.GetProperty("from").GetString()!;
            }

            Status = to ?? home;
        }
    }

    private sealed record Entry
    {
        public required long Seq { get; init; }

        public required string MentionId { get; init; }

        public required string Kind { get; init; }

        public string? Data { get; init; }
    }
}
