using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crowd4Care.Server.Tests.TestBed;
using Crowd4Care.Telemetry;

namespace Crowd4Care.Server.Tests.Operations;

/// <summary>What alerts and dashboard ask for is what the program tells.</summary>
public sealed partial class MonitoringTests : ServerTests
{
    [Test]
    public async Task Alerts_and_dashboard_name_only_metrics_that_there_are()
    {
        var known = Measured().Concat(await ShownAsync()).Append("up").ToHashSet();
        var expressions = Alerts().Select(a => a.At("expr").Text()!).Concat(DashboardExpressions()).ToList();

        Assert.That(expressions, Has.Count.GreaterThan(30));
        Assert.That(expressions.SelectMany(MetricsIn).Distinct().Except(known), Is.Empty);
    }

    [Test]
    public void Every_metric_of_ours_is_on_the_dashboard()
    {
        var used = DashboardExpressions().SelectMany(MetricsIn).ToList();
        Assert.That(Measured().Where(name => name.StartsWith("crowd4care_", StringComparison.Ordinal) && !name.EndsWith("_bucket", StringComparison.Ordinal) && !name.EndsWith("_sum", StringComparison.Ordinal) && !name.EndsWith("_count", StringComparison.Ordinal))
            .Where(name => !used.Any(u => u.StartsWith(name, StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void Every_alert_says_what_it_means_and_what_to_do() => Assert.Multiple(() =>
    {
        Assert.That(Alerts(), Has.Count.GreaterThan(10));
        foreach (var alert in Alerts())
        {
            var name = alert.At("alert").Text();
            Assert.That(alert.At("for").Text(), Is.Not.Null, name);
            Assert.That(alert.At("labels", "severity").Text(), Is.EqualTo("page").Or.EqualTo("warn"), name);
            foreach (var part in new[] { "summary", "description", "action" })
                Assert.That(alert.At("annotations", part).Text(), Is.Not.Empty.And.Not.Null, $"{name}: {part}");
            Assert.That(File.ReadAllText(Repository.Of("ops", "README.md")), Does.Contain($"`{name}`"), "not in ops/README.md");
        }
    });

    private static IReadOnlyList<YamlDotNet.RepresentationModel.YamlNode> Alerts() =>
        [.. Yaml.Of("ops", "monitoring", "alerts.yml").At("groups").Items().SelectMany(g => g.At("rules").Items())];

    private static List<string> DashboardExpressions()
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(Repository.Of("ops", "monitoring", "dashboard.json")))!;
        return [.. dashboard["panels"]!.AsArray().SelectMany(p => p!["targets"]?.AsArray() ?? []).Select(t => (string)t!["expr"]!)];
    }

    // The names of our instruments and the runtime's, whether anything was measured yet or not.
    private static HashSet<string> Measured()
    {
        var names = new HashSet<string>();
        CrowdMetrics.Present(0);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (!MetricReader.Meters.Contains(instrument.Meter.Name) || instrument.Meter.Scope is not null)
                    return;
                var kind = MetricSeries.KindOf(instrument);
                var name = PrometheusText.NameOf(instrument.Name, instrument.Unit, kind);
                names.UnionWith(kind == "histogram" ? [name, $"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name]);
            },
        };
        listener.Start();
        return names;
    }

    // What a server shows of the web server and the runtime.
    private async Task<IEnumerable<string>> ShownAsync()
    {
        await Server.Api().GetAsync("/health/live");
        var answer = await Server.Api().GetAsync("/metrics");
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        return answer.Text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('{', ' ')[0]);
    }

    private static IEnumerable<string> MetricsIn(string expression) =>
        Name().Matches(Label().Replace(expression, "")).Select(m => m.Value);

    // A name of a metric, and not of a function or of a label after "by".
    [GeneratedRegex(@"\b(up|[a-z0-9]+(_[a-z0-9]+)+)\b(?!\s*\()")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{[^}]*\}|\bby\s*\([^)]*\)|\$__rate_interval")]
    private static partial Regex Label();
}
