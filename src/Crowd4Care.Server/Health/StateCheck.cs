using Crowd4Care.State;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crowd4Care.Server.Health;

/// <summary>Whether Redis answers, where one is configured. It is never needed, only useful.</summary>
internal sealed class StateCheck(IServiceProvider services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(services.GetService<RedisLink>()?.IsAway == true ? HealthCheckResult.Degraded() : HealthCheckResult.Healthy());
}
