using Crowd4Care.Classification;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crowd4Care.Server.Health;

/// <summary>Whether the classifier says what it used to say, and with the model that it should. What was found out last is told: nothing is counted here.</summary>
internal sealed class ClassifierCheck(DriftMonitor drift, LiveClassifier classifier) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(classifier.Refused is not null || drift.Last?.Heads.Any(h => h.IsAlarm) == true ? HealthCheckResult.Degraded() : HealthCheckResult.Healthy());
}
