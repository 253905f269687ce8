using System.Data.Common;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Escalation;

/// <summary>Internal notes, and who is named in them.</summary>
public sealed class NoteStore(Database database, TimeProvider clock)
{
    /// <summary>Writes a note. Colleagues whom it names with <c>@login</c> get a notice; its writer does not.</summary>
    public async Task<WrittenNote> AddAsync(DbTransaction transaction, string brandId, Guid mentionId, Guid personId, string text)
    {
        var now = clock.GetUtcNow();
        var note = new WrittenNote(Ids.New(clock), text.Trim(), await FindAsync(transaction, brandId, NoteText.Candidates(text)));
        await transaction.ExecuteAsync(
            "INSERT INTO notes (id, mention_id, person_id, text, created_at) VALUES (@Id, @mentionId, @personId, @Text, @now)",
            new { note.Id, mentionId, personId, note.Text, now });
        // Who names themselves is shown as named and knows it already.
        await transaction.ExecuteAsync(
            $"""
            INSERT INTO note_names (note_id, person_id, mention_id, seen_at)
            SELECT @Id, ids.value, @mentionId, CASE WHEN ids.value = @personId THEN @now END FROM {database.Dialect.Ids} AS ids
            """,
            new { note.Id, mentionId, personId, now, ids = Sql.Ids(note.Named.Select(p => p.Id)) });
        return note;
    }

    /// <summary>The notes on a mention, oldest first.</summary>
    public async Task<IReadOnlyList<Note>> OfMentionAsync(Guid mentionId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var notes = (await connection.QueryAsync<Note>(
            """
            SELECT n.id, n.person_id, p.name AS person_name, n.text, n.created_at FROM notes n LEFT JOIN people p ON p.id = n.person_id
            WHERE n.mention_id = @mentionId ORDER BY n.created_at, n.id
            """,
            new { mentionId })).AsList();
        var named = await NamedAsync(connection, [.. notes.Select(n => n.Id)]);
        return [.. notes.Select(n => n with { Named = [.. named[n.Id]] })];
    }

    /// <summary>The notes that name a person, the newest first.</summary>
    public async Task<IReadOnlyList<NoteNotice>> NamingAsync(Guid personId, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var notices = (await connection.QueryAsync<NoteNotice>(
            """
            SELECT n.id AS note_id, x.mention_id, m.network, m.author_handle, m.author_name, m.text AS question, m.created_at AS asked_at,
              n.text, w.name AS writer_name, n.created_at AS written_at, x.seen_at
            FROM (SELECT * FROM note_names WHERE person_id = @personId ORDER BY note_id DESC LIMIT @limit) AS x
            JOIN notes n ON n.id = x.note_id JOIN mentions m ON m.id = x.mention_id LEFT JOIN people w ON w.id = n.person_id
            WHERE n.person_id <> @personId
            ORDER BY n.id DESC
            """,
            new { personId, limit })).AsList();
        var named = await NamedAsync(connection, [.. notices.Select(n => n.NoteId)]);
        return [.. notices.Select(n => n with { Named = [.. named[n.NoteId]] })];
    }

    /// <summary>How many notes name a person who has not seen them.</summary>
    public async Task<int> UnseenAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<int>("SELECT COUNT(*) FROM note_names WHERE person_id = @personId AND seen_at IS NULL", new { personId });
    }

    /// <summary>Notes that a person has seen where they are named: on one mention, or everywhere.</summary>
    /// <returns>Whether there was something that they had not seen.</returns>
    public async Task<bool> SeeAsync(Guid personId, Guid? mentionId, CancellationToken cancellationToken = default)
    {
        var unseen = $"person_id = @personId AND seen_at IS NULL{(mentionId is null ? "" : " AND mention_id = @mentionId")}";
        var parameters = new { personId, mentionId, now = clock.GetUtcNow() };
        await using (var connection = await database.OpenAsync(cancellationToken))
        {
            // Nearly always there is nothing, and looking needs no lock.
            if (await connection.QuerySingleAsync<int>($"SELECT COUNT(*) FROM note_names WHERE {unseen}", parameters) == 0)
                return false;
        }

        return await database.WriteAsync(transaction => transaction.ExecuteAsync($"UPDATE note_names SET seen_at = @now WHERE {unseen}", parameters), cancellationToken) > 0;
    }

    /// <summary>Colleagues who may be meant by the beginning of a name: anybody by their login, staff by their name too.</summary>
    public async Task<IReadOnlyList<NamedPerson>> ColleaguesAsync(string brandId, string typed, int limit, CancellationToken cancellationToken = default)
    {
        var from = typed.Trim().ToLowerInvariant();
        await using var connection = await database.OpenAsync(cancellationToken);
        // Both by an index: the beginnings of logins lie together, and staff are few.
        return (await connection.QueryAsync<NamedPerson>(
            """
            SELECT id, login, name FROM (
              SELECT * FROM (SELECT id, login, name, 0 AS place FROM people
                WHERE brand_id = @brandId AND role IN ('admin', 'agent') AND suspended_at IS NULL AND (LOWER(name) LIKE @like ESCAPE '\' OR login LIKE @like ESCAPE '\')
                ORDER BY name LIMIT @limit) AS staff
              UNION ALL
              SELECT * FROM (SELECT id, login, name, 1 AS place FROM people
                WHERE login >= @from AND login < @to AND brand_id = @brandId AND role = 'advocate' AND suspended_at IS NULL
                ORDER BY login LIMIT @limit) AS advocates
            ) AS found ORDER BY place, name, id LIMIT @limit
            """,
            new { brandId, from, to = from + '~', like = Escape(from) + '%', limit })).AsList();
    }

    private async Task<IReadOnlyList<NamedPerson>> FindAsync(DbTransaction transaction, string brandId, IReadOnlyCollection<string> logins) =>
        logins.Count == 0
            ? []
            : await transaction.QueryAsync<NamedPerson>(
                $"SELECT id, login, name FROM people WHERE login IN {database.Dialect.Ids} AND brand_id = @brandId AND suspended_at IS NULL ORDER BY login",
                new { brandId, ids = Sql.Ids(logins) });

    private async Task<ILookup<Guid, NamedPerson>> NamedAsync(DbConnection connection, IReadOnlyCollection<Guid> noteIds)
    {
        if (noteIds.Count == 0)
            return Enumerable.Empty<Guid>().ToLookup(id => id, _ => default(NamedPerson)!);

        return (await connection.QueryAsync<(Guid NoteId, Guid Id, string Login, string Name)>(
            $"""
            SELECT x.note_id, p.id, p.login, p.name FROM note_names x JOIN people p ON p.id = x.person_id
            WHERE x.note_id IN {database.Dialect.Ids} ORDER BY p.login
            """,
            new { ids = Sql.Ids(noteIds) })).ToLookup(n => n.NoteId, n => new NamedPerson { Id = n.Id, Login = n.Login, Name = n.Name });
    }

    private static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}

/// <summary>A note that was just written.</summary>
/// <param name="Id">Identifies the note.</param>
/// <param name="Text">What it says.</param>
/// <param name="Named">Whom it names.</param>
public sealed record WrittenNote(Guid Id, string Text, IReadOnlyList<NamedPerson> Named);

/// <summary>An internal note.</summary>
public sealed record Note
{
    /// <summary>Identifies the note.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who wrote it.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The name of who wrote it.</summary>
    public string? PersonName { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whom it names.</summary>
    public IReadOnlyList<NamedPerson> Named { get; init; } = [];
}

/// <summary>A note as the person sees it whom it names.</summary>
public sealed record NoteNotice
{
    /// <summary>The note.</summary>
    public required Guid NoteId { get; init; }

    /// <summary>The mention that it is about.</summary>
    public required Guid MentionId { get; init; }

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>Who wrote the mention.</summary>
    public required string AuthorHandle { get; init; }

    /// <summary>The display name of who wrote the mention.</summary>
    public string? AuthorName { get; init; }

    /// <summary>What the mention says.</summary>
    public required string Question { get; init; }

    /// <summary>When the mention was written.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>What the note says.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote the note.</summary>
    public string? WriterName { get; init; }

    /// <summary>When the note was written.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>When they saw it; null while they have not.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Whom the note names.</summary>
    public IReadOnlyList<NamedPerson> Named { get; init; } = [];
}
