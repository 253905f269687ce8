using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Load.Checks;

/// <summary>Every mention that was accepted, or stood in the stream, is stored once and routed.</summary>
internal static class MentionCheck
{
    public static async Task<IReadOnlyList<Violation>> FindAsync(Database database, IEnumerable<string> promised, IEnumerable<string> streamed)
    {
        await using var connection = await database.OpenAsync();
        var stored = (await connection.QueryAsync<(string ExternalId, string Status)>("SELECT external_id, status FROM mentions"))
            .ToLookup(m => m.ExternalId, m => m.Status);
        return
        [
            .. Missing(promised, "was accepted by a push"),
            .. Missing(streamed, "stood in the stream"),
            .. stored.Where(m => m.Count() > 1).Select(m => new Violation(Broken.Lost, $"{m.Key} is stored {m.Count()} times")),
            .. stored.Where(m => m.Any(status => status is "received" or "classified")).Select(m => new Violation(Broken.Lost, $"{m.Key} is still {m.First()}")),
        ];

        IEnumerable<Violation> Missing(IEnumerable<string> ids, string why) =>
            ids.Where(id => !stored.Contains(id)).Select(id => new Violation(Broken.Lost, $"{id} {why} and is not stored"));
    }
}
