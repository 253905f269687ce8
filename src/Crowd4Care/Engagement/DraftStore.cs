using System.Data.Common;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement;

/// <summary>
/// What people have written and not sent. A draft belongs to its author and is shown to nobody else; it outlives the claim, so that who claims
/// the mention again goes on where they were, and ends when their reply is posted.
/// </summary>
public sealed class DraftStore(Database database, TimeProvider clock)
{
    /// <summary>Keeps the draft of somebody who has the claim; an empty text forgets it. False without the claim, or when a reply is on its way.</summary>
    public Task<bool> SaveAsync(Guid mentionId, Guid personId, string text, CancellationToken cancellationToken = default)
    {
        // What is saved late must not come back to life after the reply was sent.
        const string Held = "FROM mentions WHERE id = @mentionId AND assignee_id = @personId AND status = 'claimed' AND claim_expires_at IS NOT NULL";
        var isEmpty = string.IsNullOrWhiteSpace(text);
        return database.WriteAsync(async transaction =>
        {
            if (isEmpty)
                await transaction.ExecuteAsync($"DELETE FROM drafts WHERE mention_id = @mentionId AND person_id = @personId AND EXISTS (SELECT 1 {Held})", new { mentionId, personId });
            var held = isEmpty
                ? await transaction.SingleAsync<int>($"SELECT COUNT(*) {Held}", new { mentionId, personId })
                : await transaction.ExecuteAsync(
                    $"""
                    INSERT INTO drafts (mention_id, person_id, text, saved_at)
                    SELECT id, @personId, @text, @now {Held}
                    ON CONFLICT (mention_id, person_id) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at
                    """,
                    new { mentionId, personId, text = text.Replace('\0', '\uFFFD'), now = clock.GetUtcNow() });
            return held > 0;
        }, cancellationToken);
    }

    /// <summary>The draft of a person, or null.</summary>
    public async Task<Draft?> FindAsync(Guid mentionId, Guid personId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Draft>(
            "SELECT text, saved_at FROM drafts WHERE mention_id = @mentionId AND person_id = @personId", new { mentionId, personId });
    }

    /// <summary>Forgets the draft of somebody whose reply stands on the network.</summary>
    public Task ForgetAsync(DbTransaction transaction, Guid mentionId, Guid personId) =>
        transaction.ExecuteAsync("DELETE FROM drafts WHERE mention_id = @mentionId AND person_id = @personId", new { mentionId, personId });
}

/// <summary>A text that was not sent.</summary>
public sealed record Draft
{
    /// <summary>As it was typed.</summary>
    public required string Text { get; init; }

    /// <summary>When it was kept.</summary>
    public required DateTimeOffset SavedAt { get; init; }
}
