using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace Crowd4Care.Community;

/// <summary>People, their skills, and what ASP.NET Core Identity needs to check passwords and lock out guessers.</summary>
public sealed class PeopleStore(Database database, Journal journal, SkillStore declared, TimeProvider clock)
    : IUserPasswordStore<Person>, IUserLockoutStore<Person>, IUserSecurityStampStore<Person>
{
    private const string Columns =
        """
        id, brand_id, login, name, role, password_hash, security_stamp, failed_sign_ins, locked_until, trust, capacity, bio, away_since, away_reason,
        time_zone, quiet_from, quiet_until, daily_limit, suspended_at, suspended_reason, created_at
        """;

    /// <summary>The people of a brand, staff first, then by name.</summary>
    public async Task<IReadOnlyList<Person>> ListAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Person>(
            $"""
            SELECT {Columns} FROM people WHERE brand_id = @brandId
            ORDER BY CASE role WHEN 'admin' THEN 0 WHEN 'agent' THEN 1 ELSE 2 END, name, id
            """,
            new { brandId })).AsList();
    }

    /// <summary>These people of a brand, as far as there are such.</summary>
    public async Task<IReadOnlyList<Person>> FindAsync(string brandId, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Person>(
            $"SELECT {Columns} FROM people WHERE id IN {database.Dialect.Ids} AND brand_id = @brandId", new { brandId, ids = Sql.Ids(ids) })).AsList();
    }

    /// <summary>One person, or null.</summary>
    public async Task<Person?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Person>($"SELECT {Columns} FROM people WHERE id = @id", new { id });
    }

    /// <summary>Whether anybody is there yet.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>("SELECT EXISTS (SELECT 1 FROM people WHERE password_hash IS NOT NULL)") == 1;
    }

    /// <summary>The skills of a person as they count, by name.</summary>
    public async Task<IReadOnlyList<PersonSkill>> SkillsAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<PersonSkill>(
            "SELECT skill, proficiency FROM skills WHERE person_id = @personId ORDER BY skill", new { personId })).AsList();
    }

    /// <summary>Skills of everybody of a brand, as they count.</summary>
    public async Task<ILookup<Guid, PersonSkill>> SkillsAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<(Guid PersonId, string Skill, double Proficiency)>(
            "SELECT k.person_id, k.skill, k.proficiency FROM skills k JOIN people p ON p.id = k.person_id WHERE p.brand_id = @brandId ORDER BY k.skill",
            new { brandId })).ToLookup(s => s.PersonId, s => new PersonSkill(s.Skill, s.Proficiency));
    }

    /// <summary>Adds a person.</summary>
    /// <returns>The person with an id; null when the login name is taken.</returns>
    public async Task<Person?> AddAsync(Person person, IReadOnlyCollection<PersonSkill> skills, Guid? actor, CancellationToken cancellationToken = default)
    {
        var added = person with
        {
            Id = Ids.New(clock), Login = Normalize(person.Login), CreatedAt = clock.GetUtcNow(),
            SecurityStamp = person.SecurityStamp.Length > 0 ? person.SecurityStamp : Ids.New(clock).ToString(),
        };
        var isNew = await database.WriteAsync(async transaction =>
        {
            var inserted = await transaction.ExecuteAsync(
                """
                INSERT INTO people (id, brand_id, login, name, role, password_hash, security_stamp, trust, capacity, bio, created_at)
                VALUES (@Id, @BrandId, @Login, @Name, @role, @PasswordHash, @SecurityStamp, @Trust, @Capacity, @Bio, @CreatedAt)
                ON CONFLICT (login) DO NOTHING
                """,
                new
                {
                    added.Id, added.BrandId, added.Login, added.Name, role = added.Role.ToString().ToLowerInvariant(), added.PasswordHash,
                    added.SecurityStamp, added.Trust, added.Capacity, added.Bio, added.CreatedAt,
                });
            if (inserted == 0)
                return false;

            await declared.DeclareAsync(transaction, added.Id, skills);
            await JournalAsync(transaction, added.BrandId, actor, new { added.Id, added.Login, added.Role, change = "added" });
            return true;
        }, cancellationToken);
        return isNew ? added : null;
    }

    /// <summary>Changes what an admin can change, and replaces the declared skills.</summary>
    public Task ChangeAsync(
        Guid id, string brandId, string name, Role role, int trust, int capacity, IReadOnlyCollection<PersonSkill> skills, Guid? actor,
        CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            var changed = await transaction.ExecuteAsync(
                "UPDATE people SET name = @name, role = @role, trust = @trust, capacity = @capacity WHERE id = @id AND brand_id = @brandId",
                new { id, brandId, name, role = role.ToString().ToLowerInvariant(), trust, capacity });
            if (changed == 0)
                return;

            await declared.DeclareAsync(transaction, id, skills);
            await JournalAsync(transaction, brandId, actor, new { id, name, role, trust, capacity, skills, change = "changed" });
        }, cancellationToken);

    private Task JournalAsync(System.Data.Common.DbTransaction transaction, string brandId, Guid? actor, object data) =>
        journal.AppendAsync(transaction, clock.GetUtcNow(), brandId, actor, JournalKinds.PersonChanged, data);

    private static string Normalize(string login) => login.Trim().ToLowerInvariant();

    // What follows is for ASP.NET Core Identity: it changes the object and then asks for the update.

    /// <inheritdoc/>
    public async Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) =>
        await AddAsync(user, [], null, cancellationToken) is null
            ? IdentityResult.Failed(new IdentityError { Code = "DuplicateLogin", Description = $"The login name {user.Login} is taken." })
            : IdentityResult.Success;

    /// <inheritdoc/>
    public async Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken)
    {
        await database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            UPDATE people SET password_hash = @PasswordHash, security_stamp = @SecurityStamp, failed_sign_ins = @FailedSignIns, locked_until = @LockedUntil
            WHERE id = @Id
            """,
            new { user.Id, user.PasswordHash, user.SecurityStamp, user.FailedSignIns, user.LockedUntil }), cancellationToken);
        return IdentityResult.Success;
    }

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(IdentityResult.Failed(new IdentityError { Code = "NotDeleted", Description = "People are suspended, not deleted: the journal names them." }));

    /// <inheritdoc/>
    public async Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? await FindAsync(id, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Person>(
            $"SELECT {Columns} FROM people WHERE login = @login", new { login = Normalize(normalizedUserName) });
    }

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    /// <inheritdoc/>
    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken)
    {
        user.Login = Normalize(userName ?? "");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<string?> GetPasswordHashAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    /// <inheritdoc/>
    public Task<bool> HasPasswordAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    /// <inheritdoc/>
    public Task SetPasswordHashAsync(Person user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetSecurityStampAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    /// <inheritdoc/>
    public Task SetSecurityStampAsync(Person user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> GetAccessFailedCountAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.FailedSignIns);

    /// <inheritdoc/>
    public Task<bool> GetLockoutEnabledAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil);

    /// <inheritdoc/>
    public Task<int> IncrementAccessFailedCountAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(++user.FailedSignIns);

    /// <inheritdoc/>
    public Task ResetAccessFailedCountAsync(Person user, CancellationToken cancellationToken)
    {
        user.FailedSignIns = 0;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SetLockoutEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task SetLockoutEndDateAsync(Person user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        user.LockedUntil = lockoutEnd;
        return Task.CompletedTask;
    }

    /// <summary>Nothing to free.</summary>
    public void Dispose()
    {
    }
}
