using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement.Writing;

/// <summary>The templates of the brands.</summary>
public sealed class TemplateStore(Database database, TimeProvider clock)
{
    private const string Columns = "id, name, text, languages, topics, changed_at";

    /// <summary>All templates of a brand, by name.</summary>
    public async Task<IReadOnlyList<Template>> ListAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>($"SELECT {Columns} FROM templates WHERE brand_id = @brandId ORDER BY name", new { brandId })).Select(r => r.ToTemplate())];
    }

    /// <summary>One template, or null.</summary>
    public async Task<Template?> FindAsync(string brandId, Guid id, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<Row>($"SELECT {Columns} FROM templates WHERE id = @id AND brand_id = @brandId", new { id, brandId }))?.ToTemplate();
    }

    /// <summary>Adds a template, or changes the one of its id.</summary>
    /// <returns>The mistakes; empty when it is saved.</returns>
    public async Task<IReadOnlyList<string>> SaveAsync(string brandId, Template template, Guid? by, CancellationToken cancellationToken = default)
    {
        var mistakes = template.Mistakes();
        if (mistakes.Count > 0)
            return mistakes;

        // Not the id's row of another brand, nor a name that is there already: then nothing is written.
        var saved = await database.WriteAsync(async transaction => await transaction.SingleAsync<int>(
            "SELECT COUNT(*) FROM templates WHERE brand_id = @brandId AND name = @Name AND id <> @Id", new { brandId, template.Name, template.Id }) == 0
            && await transaction.ExecuteAsync(
                """
                INSERT INTO templates (id, brand_id, name, text, languages, topics, changed_at, changed_by)
                VALUES (@Id, @brandId, @Name, @Text, @languages, @topics, @now, @by)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, text = excluded.text, languages = excluded.languages, topics = excluded.topics,
                  changed_at = excluded.changed_at, changed_by = excluded.changed_by
                WHERE templates.brand_id = excluded.brand_id
                """,
                new
                {
                    template.Id, brandId, template.Name, template.Text, languages = Sql.ToJson(template.Languages), topics = Sql.ToJson(template.Topics),
                    now = clock.GetUtcNow(), by,
                }) == 1, cancellationToken);
        return saved ? [] : [$"name: there is a template named \"{template.Name}\" already."];
    }

    /// <summary>Removes a template. False when there is none.</summary>
    public Task<bool> DeleteAsync(string brandId, Guid id, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction => await transaction.ExecuteAsync(
            "DELETE FROM templates WHERE id = @id AND brand_id = @brandId", new { id, brandId }) == 1, cancellationToken);

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required string Name { get; init; }

        public required string Text { get; init; }

        public required string Languages { get; init; }

        public required string Topics { get; init; }

        public required DateTimeOffset ChangedAt { get; init; }

        public Template ToTemplate() => new()
        {
            Id = Id, Name = Name, Text = Text, Languages = Sql.FromJson<List<string>>(Languages), Topics = Sql.FromJson<List<string>>(Topics), ChangedAt = ChangedAt,
        };
    }
}
