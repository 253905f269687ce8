using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Community;

/// <summary>Links with which somebody makes their own account, once, within some days.</summary>
public sealed class Invitations(Database database, AccessStore access, Journal journal, TimeProvider clock)
{
    /// <summary>How many days a link can be good for at most.</summary>
    public const int MostDays = 30;

    /// <summary>How many days it is good for where nobody says.</summary>
    public const int Days = 7;

    /// <summary>Invites somebody. The token is in the answer and nowhere else.</summary>
    /// <param name="forWhom">A name or an address, for those who look at the list; null for none.</param>
    public Task<(Invitation Invitation, string Token)> InviteAsync(
        string brandId, Role role, string? forWhom, int days, Guid? actor, CancellationToken cancellationToken = default)
    {
        var invitation = new Invitation
        {
            Id = Ids.New(clock), Role = role, ForWhom = string.IsNullOrWhiteSpace(forWhom) ? null : forWhom.Trim(), MadeAt = clock.GetUtcNow(),
            ExpiresAt = clock.GetUtcNow() + TimeSpan.FromDays(Math.Clamp(days, 1, MostDays)),
        };
        return database.WriteAsync(async transaction =>
        {
            var token = await access.AddLinkAsync(transaction, brandId, invitation, actor);
            await JournalAsync(transaction, brandId, actor, new { invitationId = invitation.Id, role, invitation.ForWhom, change = "invited" });
            return (invitation, token);
        }, cancellationToken);
    }

    /// <summary>The invitations that can still be used, the newest first.</summary>
    public async Task<IReadOnlyList<Invitation>> ListAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Invitation>(
            """
            SELECT l.id, l.role, l.for_whom, l.made_at, l.expires_at, p.name AS made_by FROM setup_links l LEFT JOIN people p ON p.id = l.made_by
            WHERE l.brand_id = @brandId AND l.id IS NOT NULL AND l.used_at IS NULL AND l.expires_at > @now ORDER BY l.id DESC
            """,
            new { brandId, now = clock.GetUtcNow() })).AsList();
    }

    /// <summary>Withdraws an invitation. False when it was used, ran out, or there is none.</summary>
    public Task<bool> WithdrawAsync(Guid id, string brandId, Guid? actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            var ended = await transaction.ExecuteAsync(
                "UPDATE setup_links SET expires_at = @now WHERE id = @id AND brand_id = @brandId AND used_at IS NULL AND expires_at > @now",
                new { id, brandId, now = clock.GetUtcNow() });
            if (ended == 1)
                await JournalAsync(transaction, brandId, actor, new { invitationId = id, change = "invitation-withdrawn" });
            return ended == 1;
        }, cancellationToken);

    private Task JournalAsync(System.Data.Common.DbTransaction transaction, string brandId, Guid? actor, object data) =>
        journal.AppendAsync(transaction, clock.GetUtcNow(), brandId, actor, JournalKinds.PersonChanged, data);
}

/// <summary>A link that waits for somebody.</summary>
public sealed record Invitation
{
    /// <summary>Identifies the invitation; nothing can be opened with it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The role of the account.</summary>
    public required Role Role { get; init; }

    /// <summary>For whom it was made, where somebody said.</summary>
    public string? ForWhom { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The name of who made it.</summary>
    public string? MadeBy { get; init; }

    /// <summary>Until when it is good.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
