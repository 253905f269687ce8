using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Escalation.Duplicates;

/// <summary>What is a duplicate of what, and what may be.</summary>
public sealed class DuplicateQueries(Database database)
{
    private const int MostCompared = 50;
    private const string Columns = "m.id, m.author_handle, m.author_name, m.text, m.created_at, m.status";

    /// <summary>How far apart posts of one author may lie and still be suggested.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(7);

    /// <summary>What a mention is a duplicate of, its own duplicates, and other posts of its author that say the same.</summary>
    public async Task<DuplicateView> OfMentionAsync(MentionRow mention, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var original = await connection.QuerySingleOrDefaultAsync<DuplicateMention>(
            $"SELECT {Columns} FROM duplicates d JOIN mentions m ON m.id = d.of_id WHERE d.mention_id = @Id", new { mention.Id });
        var duplicates = (await connection.QueryAsync<DuplicateMention>(
            $"SELECT {Columns} FROM duplicates d JOIN mentions m ON m.id = d.mention_id WHERE d.of_id = @Id ORDER BY m.created_at, m.id LIMIT @MostCompared",
            new { mention.Id, MostCompared })).AsList();
        return new DuplicateView(original, duplicates, original is null ? await LikelyAsync(connection, mention, duplicates) : []);
    }

    private static async Task<IReadOnlyList<DuplicateMention>> LikelyAsync(DbConnection connection, MentionRow mention, List<DuplicateMention> known)
    {
        // Of who was purged nothing is known.
        if (mention.AuthorId.Length == 0)
            return [];

        var near = await connection.QueryAsync<DuplicateMention>(
            $"""
            SELECT {Columns} FROM mentions m
            WHERE m.network = @Network AND m.author_id = @AuthorId AND m.created_at BETWEEN @from AND @to AND m.brand_id = @BrandId
              AND m.id <> @Id AND m.status NOT IN ('received', 'classified', 'ignored', 'deleted')
              AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.mention_id = m.id)
            ORDER BY m.created_at DESC, m.id LIMIT @MostCompared
            """,
            new { mention.Network, mention.AuthorId, mention.BrandId, mention.Id, from = mention.CreatedAt - Within, to = mention.CreatedAt + Within, MostCompared });
        return [.. near.Where(m => known.TrueForAll(k => k.Id != m.Id) && DuplicateText.IsSame(m.Text, mention.Text))];
    }
}

/// <summary>A mention among duplicates.</summary>
/// <param name="Original">What it is a duplicate of; null when it is none.</param>
/// <param name="Duplicates">Its duplicates, the oldest first.</param>
/// <param name="Likely">Other posts of its author within a week that say the same, the newest first.</param>
public sealed record DuplicateView(DuplicateMention? Original, IReadOnlyList<DuplicateMention> Duplicates, IReadOnlyList<DuplicateMention> Likely);

/// <summary>The other mention.</summary>
public sealed record DuplicateMention
{
    /// <summary>The mention.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string AuthorHandle { get; init; }

    /// <summary>The author's display name.</summary>
    public string? AuthorName { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where it is.</summary>
    public required MentionStatus Status { get; init; }
}
