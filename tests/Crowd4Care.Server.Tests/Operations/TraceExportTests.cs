using System.Collections.Concurrent;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Server.Tests.Operations;

public sealed class TraceExportTests
{
    [Test]
    public async Task A_collector_gets_the_trace_of_a_mention_and_the_metrics()
    {
        var traces = new ConcurrentQueue<byte[]>();
        var metrics = new ConcurrentQueue<byte[]>();
        await using var collector = await CollectAsync(traces, metrics);
        await using var installation = new Installation();
        installation.Settings["Telemetry:OtlpEndpoint"] = collector.Urls.First();
        installation.Settings["Telemetry:OtlpProtocol"] = "http/protobuf";
        installation.Settings["Telemetry:SampleRatio"] = "1";
        // Otherwise once a minute. The process inherits it.
        Environment.SetEnvironmentVariable("OTEL_METRIC_EXPORT_INTERVAL", "1000");
        await using var server = await installation.ServeAsync();
        Environment.SetEnvironmentVariable("OTEL_METRIC_EXPORT_INTERVAL", null);
        var agent = server.Api(await installation.AddKeyAsync(Role.Agent, "Olga"));

        var id = (await agent.PushAsync(Some.Post())).Single();
        await agent.RoutedAsync(id);

        var trace = Convert.FromHexString(id.ToString("N"));
        // Perhaps in several bodies.
        await Poll.UntilAsync(_ => Task.FromResult(Sent("receive"u8) && Sent("classify"u8) && Sent("route"u8)), sent => sent, "the trace");
        await Poll.UntilAsync(_ => Task.FromResult(metrics.Any(body => Has(body, "crowd4care.mentions.received"u8))), sent => sent, "the metrics");
        Assert.That(traces.Concat(metrics).Any(body => Has(body, "zoe"u8) || Has(body, "blue lamp"u8)), Is.False, "telemetry tells of people");

        bool Sent(ReadOnlySpan<byte> stage)
        {
            foreach (var body in traces)
            {
                if (Has(body, trace) && Has(body, stage))
                    return true;
            }

            return false;
        }
    }

    private static bool Has(byte[] body, ReadOnlySpan<byte> part) => body.AsSpan().IndexOf(part) >= 0;

    private static async Task<WebApplication> CollectAsync(ConcurrentQueue<byte[]> traces, ConcurrentQueue<byte[]> metrics)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/traces", request => TakeAsync(request, traces));
        collector.MapPost("/v1/metrics", request => TakeAsync(request, metrics));
        await collector.StartAsync();
        return collector;
    }

    private static async Task TakeAsync(HttpContext context, ConcurrentQueue<byte[]> into)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        into.Enqueue(body.ToArray());
    }
}
