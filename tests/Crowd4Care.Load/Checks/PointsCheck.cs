using Crowd4Care.Load.Running;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Load.Checks;

/// <summary>Points as they grew must be those that <c>points recompute</c> finds in the journal, line by line.</summary>
internal static class PointsCheck
{
    public static async Task<IReadOnlyList<Violation>> FindAsync(Installation installation, CancellationToken cancellationToken)
    {
        var grown = await LinesAsync(installation.Database);
        await CrowdCommand.RunAsync(["points", "recompute"], cancellationToken, installation.Settings((_, port) => port));
        var computed = await LinesAsync(installation.Database);
        return
        [
            .. grown.GroupBy(l => l).Where(g => g.Count() > 1).Select(g => new Violation(Broken.DoubledPoint, $"{g.Key} is there {g.Count()} times")),
            .. grown.Except(computed).Select(l => new Violation(Broken.DoubledPoint, $"{l} does not follow from the journal")),
            .. computed.Except(grown).Select(l => new Violation(Broken.DoubledPoint, $"{l} follows from the journal and was not awarded")),
        ];
    }

    private static async Task<List<PointsLine>> LinesAsync(Database database)
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QueryAsync<PointsLine>("SELECT journal_seq, rule, person_id, points FROM points ORDER BY journal_seq, rule, person_id")).AsList();
    }

    private sealed record PointsLine
    {
        public required long JournalSeq { get; init; }

        public required string Rule { get; init; }

        public required string PersonId { get; init; }

        public required long Points { get; init; }
    }
}
