using System.Data.Common;
using System.Globalization;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;
using Dapper;

namespace Crowd4Care.Tests.Storage.Volume;

/// <summary>A database of many rows that notes how the engine carries out each statement. Transactions are rolled back: every query finds the same rows.</summary>
internal abstract class RecordingDatabase : Database, IAsyncDisposable
{
    private const int Mentions = 1_000_000;
    private const int People = 5_000;
    private const int Piece = 50_000;

    /// <summary>The tables that grow with every mention.</summary>
    protected static readonly IReadOnlySet<string> Large =
        new HashSet<string> { "mentions", "scores", "decisions", "journal", "offers", "replies", "points", "notes", "corrections", "mention_words" };

    /// <summary>How often a query has to run until its plan is the one that it keeps.</summary>
    public abstract int Repetitions { get; }

    /// <summary>Fills the tables; indexes are made afterwards.</summary>
    public abstract Task FillAsync();

    /// <summary>What was executed since the last call.</summary>
    public abstract Task<IReadOnlyList<Executed>> TakeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>
    /// Adds the rows. In pieces: while a transaction lasts, those who read a journal on the same server wait.
    /// </summary>
    /// <param name="numbers">Makes the table numbers, of the numbers from the first to the second place of the format.</param>
    protected static async Task AddRowsAsync(DbConnection connection, string numbers)
    {
        await AddAsync("people.sql", 1, People);
        for (var first = 1; first <= Mentions; first += Piece)
            await AddAsync("rows.sql", first, first + Piece - 1);

        async Task AddAsync(string file, int from, int to) => await connection.ExecuteAsync(
            $"""
            CREATE TABLE numbers AS {string.Format(CultureInfo.InvariantCulture, numbers, from, to)};
            {await File.ReadAllTextAsync(Repository.PathOf($"tests/Crowd4Care.Tests/Storage/Volume/{file}"))};
            DROP TABLE numbers;
            """);
    }

    protected override async Task<T> TransactAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(transaction);
        await transaction.RollbackAsync(CancellationToken.None);
        return result;
    }
}

/// <summary>A statement as the engine carried it out.</summary>
/// <param name="Plan">The engine's own words, and the statement.</param>
/// <param name="Scanned">Large tables that were read from one end to the other.</param>
/// <param name="Rows">The most rows that one step of the plan touched.</param>
internal sealed record Executed(string Plan, IReadOnlyList<string> Scanned, long Rows);
