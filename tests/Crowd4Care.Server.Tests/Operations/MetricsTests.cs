using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Crowd4Care.Server.Hosting;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.AspNetCore.Http;

namespace Crowd4Care.Server.Tests.Operations;

public sealed partial class MetricsTests : ServerTests
{
    private const string Token = "0123456789abcdef";

    [Test]
    public async Task A_mentions_way_is_counted_and_timed()
    {
        var staff = await AgentAsync();
        var before = await ReadAsync();
        var id = (await staff.PushAsync(Some.Post(), Some.Post()))[0];
        await staff.RoutedAsync(id);
        await staff.ClaimAsync(id);

        var after = await Poll.UntilAsync(_ => ReadAsync(), m => Grown(m, "crowd4care_mentions_routed_total") >= 2, "two routed");
        Assert.Multiple(() =>
        {
            Assert.That(Grown(after, "crowd4care_mentions_received_total"), Is.EqualTo(2));
            Assert.That(Grown(after, "crowd4care_mentions_classified_total"), Is.EqualTo(2));
            Assert.That(Grown(after, "crowd4care_mention_time_to_routed_seconds_count"), Is.EqualTo(2));
            Assert.That(Grown(after, "crowd4care_claims_total"), Is.EqualTo(1));
            Assert.That(Grown(after, "crowd4care_database_write_duration_seconds_count"), Is.GreaterThan(2));
        });

        double Grown(IReadOnlyDictionary<string, double> now, string name) => now.GetValueOrDefault(name) - before.GetValueOrDefault(name);
    }

    [Test]
    public async Task Every_line_is_as_Prometheus_reads_it()
    {
        var answer = await Server.Api().GetAsync("/metrics");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.ContentType, Is.EqualTo("text/plain"));
            Assert.That(answer.Text.TrimEnd('\n').Split('\n').Where(line => !Line().IsMatch(line)), Is.Empty);
        });
    }

    [TestCase("127.0.0.1", null, null, null, ExpectedResult = true, TestName = "This machine needs no token")]
    [TestCase("::1", null, null, null, ExpectedResult = true, TestName = "Nor by IPv6")]
    [TestCase("127.0.0.1", "203.0.113.9", null, null, ExpectedResult = false, TestName = "A proxy on this machine is not this machine")]
    [TestCase("203.0.113.9", null, null, null, ExpectedResult = false, TestName = "Without a token others are refused")]
    [TestCase("203.0.113.9", null, null, "Bearer ", ExpectedResult = false, TestName = "No token is not an empty token")]
    [TestCase("203.0.113.9", null, Token, "Bearer " + Token, ExpectedResult = true, TestName = "Others bring the token")]
    [TestCase("203.0.113.9", null, Token, "Bearer 0123456789abcdeF", ExpectedResult = false, TestName = "Not another one")]
    [TestCase("203.0.113.9", null, Token, null, ExpectedResult = false, TestName = "Not none")]
    public bool Metrics_are_for(string from, string? forwardedFor, string? token, string? authorization)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (forwardedFor is not null)
            headers["X-Forwarded-For"] = forwardedFor;
        if (authorization is not null)
            headers.Authorization = authorization;
        return MetricsEndpoint.IsAllowed(IPAddress.Parse(from), headers, token);
    }

    // The sum of all series of a name.
    private async Task<IReadOnlyDictionary<string, double>> ReadAsync() =>
        (await Server.Api().GetAsync("/metrics")).Text.Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => (Name: line.Split('{', ' ')[0], Value: double.Parse(line[(line.LastIndexOf(' ') + 1)..].Replace("+Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture)))
            .GroupBy(line => line.Name).ToDictionary(g => g.Key, g => g.Sum(line => line.Value));

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_][a-z0-9_]* .*|[a-z_][a-z0-9_]*(\{[a-z_][a-z0-9_]*="([^"\\\n]|\\["\\n])*"(,[a-z_][a-z0-9_]*="([^"\\\n]|\\["\\n])*")*\})? (NaN|[+-]Inf|-?[0-9.]+(E[+-][0-9]+)?))$""")]
    private static partial Regex Line();
}
