using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Telemetry;

/// <summary>Registration of the module.</summary>
public static class TelemetryServices
{
    /// <summary>Adds the reading of metrics, and the sending of traces and metrics if a collector is configured.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TelemetryOptions>()
            .Bind(configuration.GetSection(TelemetryOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services.AddMetrics().AddSingleton<MetricReader>()
            // From the start: what is measured before somebody listens is not counted.
            .AddHostedService(provider =>
            {
                provider.GetRequiredService<MetricReader>();
                return ActivatorUtilities.CreateInstance<TelemetryExport>(provider);
            });
    }
}
