using System.Data.Common;
using Crowd4Care.Storage;

namespace Crowd4Care.Mentions;

/// <summary>
/// How many places of people's capacity are taken: by what they have claimed and what is offered to them. The last word on it: who gives
/// somebody work asks here first, and others who want to wait until that transaction is over.
/// </summary>
public sealed class Workload(Database database)
{
    /// <summary>The load of a person <c>p</c>, as a column.</summary>
    internal const string Column =
        """
        CAST((SELECT COALESCE(SUM(m.places), 0) FROM mentions m WHERE m.assignee_id = p.id AND m.status = 'claimed') +
        (SELECT COALESCE(SUM(o.places), 0) FROM offers o WHERE o.person_id = p.id AND o.state = 'open') AS INTEGER)
        """;

    /// <summary>How many places each of these people has free; none for who is suspended. Nobody else can give them work until the transaction is over.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> FreeAsync(DbTransaction transaction, IReadOnlyCollection<Guid> personIds)
    {
        if (personIds.Count == 0)
            return new Dictionary<Guid, int>();

        // Two statements: the second one has to see what was committed while the first one waited.
        await HoldAsync(transaction, personIds);
        var free = await transaction.QueryAsync<(Guid Id, int Free)>(
            $"SELECT p.id, CASE WHEN p.suspended_at IS NULL THEN p.capacity - ({Column}) ELSE 0 END AS free FROM people p WHERE p.id IN {database.Dialect.Ids}", new { ids = Sql.Ids(personIds) });
        return free.ToDictionary(p => p.Id, p => p.Free);
    }

    /// <summary>How many mentions a person has claimed. Nobody else can give them work until the transaction is over.</summary>
    public async Task<int> ClaimsAsync(DbTransaction transaction, Guid personId)
    {
        await HoldAsync(transaction, [personId]);
        return await transaction.SingleAsync<int>(
            "SELECT COUNT(*) FROM mentions WHERE assignee_id = @personId AND status = 'claimed'", new { personId });
    }

    /// <summary>Nobody else can give these people work, or compute their skills, until the transaction is over.</summary>
    // In the order of ids, so that two who hold several don't wait for each other.
    internal Task HoldAsync(DbTransaction transaction, IReadOnlyCollection<Guid> personIds) =>
        transaction.QueryAsync<Guid>(
            $"SELECT id FROM people WHERE id IN {database.Dialect.Ids} ORDER BY id {database.Dialect.ForUpdate}", new { ids = Sql.Ids(personIds) });
}
