using Crowd4Care.Storage;
using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crowd4Care.Server.Health;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseCheck(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM schema_versions", cancellationToken: cancellationToken));
        return HealthCheckResult.Healthy();
    }
}
