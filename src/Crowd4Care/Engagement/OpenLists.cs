using System.Data.Common;
using Dapper;

namespace Crowd4Care.Engagement;

/// <summary>
/// Which open mentions a page shows, in their order. Each list that it puts together stands in an index in that very order, so that a page
/// costs the same however many are open.
/// </summary>
internal static class OpenLists
{
    private const string Order = "priority DESC, created_at DESC, id";

    /// <summary>The page: first what is in the languages that the person speaks, then the rest.</summary>
    public static async Task<IReadOnlyList<Guid>> PageAsync(DbConnection connection, string brandId, Guid personId, FeedFilter filter)
    {
        var spoken = filter.Language is { } only ? [only] : await SpokenAsync(connection, personId);
        var ids = new DynamicParameters(new { brandId, filter.Topic, filter.Network });
        foreach (var (index, language) in spoken.Index())
            ids.Add(Name(index), language);

        // From the first on: how many there are tells where the rest begins.
        var most = filter.Offset + filter.Limit;
        var mine = spoken.Count == 0 ? [] : await ListAsync(connection, [.. spoken.Select((_, i) => $"language = @{Name(i)}")], filter, ids, most, 0);
        if (mine.Count == most || filter.Language is not null)
            return [.. mine.Skip(filter.Offset)];

        var others = spoken.Count == 0 ? "1 = 1" : $"(language IS NULL OR language NOT IN ({string.Join(", ", spoken.Select((_, i) => $"@{Name(i)}"))}))";
        var skipped = Math.Min(filter.Offset, mine.Count);
        return [.. mine.Skip(skipped), .. await ListAsync(connection, [others], filter, ids, most - Math.Max(filter.Offset, mine.Count), filter.Offset - skipped)];
    }

    private static async Task<IReadOnlyList<string>> SpokenAsync(DbConnection connection, Guid personId) =>
        (await connection.QueryAsync<string>(
            "SELECT substr(skill, 6) FROM skills WHERE person_id = @personId AND skill LIKE 'lang:%' ORDER BY skill", new { personId })).AsList();

    private static async Task<IReadOnlyList<Guid>> ListAsync(
        DbConnection connection, IReadOnlyList<string> languages, FeedFilter filter, DynamicParameters parameters, int limit, int offset)
    {
        parameters.Add("most", limit + offset);
        parameters.Add("limit", limit);
        parameters.Add("offset", offset);
        var lists = languages.Select((language, i) =>
            $"""
            SELECT id, priority, created_at FROM (
              SELECT id, priority, created_at FROM mentions
              WHERE brand_id = @brandId AND status = 'open' AND {language}
                {(filter.Topic is null ? "" : "AND topic = @Topic")} {(filter.Network is null ? "" : "AND network = @Network")}
                AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.mention_id = mentions.id AND o.state = 'open')
              ORDER BY {Order} LIMIT @most) AS list{i}
            """);
        return (await connection.QueryAsync<Guid>(
            $"SELECT id FROM ({string.Join(" UNION ALL ", lists)}) AS lists ORDER BY {Order} LIMIT @limit OFFSET @offset", parameters)).AsList();
    }

    private static string Name(int index) => $"language{index}";
}

/// <summary>What to show of the open mentions.</summary>
/// <param name="Language">Only this scored language.</param>
/// <param name="Topic">Only this scored topic.</param>
/// <param name="Network">Only this network.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Offset">After so many.</param>
public sealed record FeedFilter(string? Language = null, string? Topic = null, string? Network = null, int Limit = 30, int Offset = 0);

