using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crowd4Care.Server.Health;

/// <summary>Asks the parts how they are, and remembers since when.</summary>
internal sealed class HealthMonitor(HealthCheckService checks, TimeProvider clock)
{
    // MassTransit registers its own check under a name that begins so.
    private const string BusCheck = "masstransit";

    private readonly ConcurrentDictionary<string, (Condition Status, DateTimeOffset Since)> seen = new();

    /// <summary>Asks all parts.</summary>
    public async Task<SystemHealth> LookAsync(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var parts = report.Entries
            .GroupBy(e => e.Key.StartsWith(BusCheck, StringComparison.Ordinal) ? HealthWords.Bus : e.Key)
            .OrderBy(part => part.Key, StringComparer.Ordinal)
            .ToDictionary(part => part.Key, part => ToPart(part.Key, part.Min(e => e.Value.Status)));
        var worst = parts.Values.Max(p => p.Status);
        return new SystemHealth(worst, parts);
    }

    private PartHealth ToPart(string name, HealthStatus status)
    {
        // Only without the database is there no work at all: to take a server away because another part is missing would make it worse.
        var condition = status == HealthStatus.Healthy ? Condition.Ok : name == HealthWords.Database ? Condition.Down : Condition.Degraded;
        var now = clock.GetUtcNow();
        var (_, since) = seen.AddOrUpdate(name, _ => (condition, now), (_, before) => before.Status == condition ? before : (condition, now));
        var (means, toDo) = HealthWords.Of(name, condition);
        return new PartHealth(condition, since, means, toDo);
    }
}
