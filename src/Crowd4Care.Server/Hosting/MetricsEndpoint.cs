using System.Net;
using System.Security.Cryptography;
using System.Text;
using Crowd4Care.Telemetry;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Server.Hosting;

/// <summary>
/// <c>GET /metrics</c> for Prometheus. It stands before sign-in, so that it answers while the database does not; it answers programs on
/// this machine, and others when they bring the configured token.
/// </summary>
internal static class MetricsEndpoint
{
    private const string Scheme = "Bearer ";

    public static void UseMetrics(this WebApplication app) =>
        app.MapWhen(context => context.Request.Path == "/metrics" && HttpMethods.IsGet(context.Request.Method), branch => branch.Run(AnswerAsync));

    private static async Task AnswerAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (!IsAllowed(context.Connection.RemoteIpAddress, context.Request.Headers, services.GetRequiredService<IOptions<TelemetryOptions>>().Value.MetricsToken))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await context.Response.WriteAsync("Metrics are for this machine, or for who sends the token of Telemetry:MetricsToken.\n", context.RequestAborted);
            return;
        }

        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(PrometheusText.Write(services.GetRequiredService<MetricReader>().Collect()), context.RequestAborted);
    }

    internal static bool IsAllowed(IPAddress? from, IHeaderDictionary headers, string? token)
    {
        // Behind a proxy on this machine everybody seems to be here.
        var forwarded = headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("Forwarded");
        if (from is not null && IPAddress.IsLoopback(from) && !forwarded)
            return true;

        var given = headers.Authorization.ToString();
        return token is not null && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[Scheme.Length..]), Encoding.UTF8.GetBytes(token));
    }
}
