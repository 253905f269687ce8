using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement.Writing;

/// <summary>Pages that answer what is asked often: a short list, kept by admins.</summary>
public sealed class KnowledgeStore(Database database, TimeProvider clock)
{
    /// <summary>All links of a brand, by title.</summary>
    public async Task<IReadOnlyList<KnowledgeLink>> ListAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return
        [
            .. (await connection.QueryAsync<(Guid Id, string Title, string Url, string Topics)>(
                "SELECT id, title, url, topics FROM knowledge_links WHERE brand_id = @brandId ORDER BY title", new { brandId }))
                .Select(r => new KnowledgeLink { Id = r.Id, Title = r.Title, Url = r.Url, Topics = Sql.FromJson<List<string>>(r.Topics) }),
        ];
    }

    /// <summary>Adds a link; one to the same address takes its place.</summary>
    /// <returns>The mistakes; empty when it is saved.</returns>
    public async Task<IReadOnlyList<string>> SaveAsync(string brandId, KnowledgeLink link, Guid? by, CancellationToken cancellationToken = default)
    {
        var mistakes = link.Mistakes();
        if (mistakes.Count == 0)
        {
            await database.WriteAsync(transaction => transaction.ExecuteAsync(
                """
                INSERT INTO knowledge_links (id, brand_id, title, url, topics, changed_at, changed_by) VALUES (@id, @brandId, @Title, @Url, @topics, @now, @by)
                ON CONFLICT (brand_id, url) DO UPDATE SET title = excluded.title, topics = excluded.topics, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                """,
                new { id = Ids.New(clock), brandId, link.Title, link.Url, topics = Sql.ToJson(link.Topics), now = clock.GetUtcNow(), by }), cancellationToken);
        }

        return mistakes;
    }

    /// <summary>Removes a link. False when there is none.</summary>
    public Task<bool> DeleteAsync(string brandId, Guid id, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction => await transaction.ExecuteAsync(
            "DELETE FROM knowledge_links WHERE id = @id AND brand_id = @brandId", new { id, brandId }) == 1, cancellationToken);
}

/// <summary>A page that answers what is asked often.</summary>
public sealed record KnowledgeLink
{
    private const int LongestTitle = 120;
    private const int LongestUrl = 500;

    /// <summary>Identifies it.</summary>
    public Guid Id { get; init; }

    /// <summary>What it is about.</summary>
    public required string Title { get; init; }

    /// <summary>Its address.</summary>
    public required string Url { get; init; }

    /// <summary>Topics that it answers; none fits all.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>How well it fits a topic: 0 not at all, 2 when it was made for it.</summary>
    public int Fit(string? topic) => Template.Fit(Topics, topic);

    /// <summary>What is wrong with it, each with its property.</summary>
    public IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        if (Title.Length is 0 or > LongestTitle)
            mistakes.Add($"title: has {Title.Length} characters; 1 to {LongestTitle} are expected.");
        if (Url.Length > LongestUrl || !Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            mistakes.Add($"url: \"{Url}\" is no web address; it should begin with https:// and have at most {LongestUrl} characters.");
        mistakes.AddRange(Template.TopicMistakesIn(Topics));
        return mistakes;
    }
}
