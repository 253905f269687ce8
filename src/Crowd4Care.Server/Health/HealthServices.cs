using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd4Care.Server.Health;

/// <summary>
/// Health for machines: <c>/health/live</c> says that the process answers, <c>/health/ready</c> whether it can do its work, with status
/// 503 when it can't. For everybody: no addresses, no names, no numbers.
/// </summary>
internal static class HealthServices
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>(HealthWords.Database, timeout: Patience)
            .AddCheck<StateCheck>(HealthWords.State)
            .AddCheck<ClassifierCheck>(HealthWords.Classifier);
        return services.AddSingleton<HealthMonitor>();
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("alive")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", async (HealthMonitor monitor, HttpContext context) =>
        {
            var health = await monitor.LookAsync(context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Json(
                health, Json, statusCode: health.Status == Condition.Down ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
