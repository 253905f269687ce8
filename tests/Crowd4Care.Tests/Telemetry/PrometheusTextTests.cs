using Crowd4Care.Telemetry;

namespace Crowd4Care.Tests.Telemetry;

public sealed class PrometheusTextTests
{
    [Test]
    public void A_counter_is_one_line_a_series_after_its_help_and_type()
    {
        var text = PrometheusText.Write([new MetricFamily("claims_total", "counter", "Claims, by outcome.", [Point(3, ("outcome", "claimed")), Point(1.5, ("outcome", "taken"))])]);

        Assert.That(text, Is.EqualTo(
            """
            # HELP claims_total Claims, by outcome.
            # TYPE claims_total counter
            claims_total{outcome="claimed"} 3
            claims_total{outcome="taken"} 1.5

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void A_series_without_labels_has_no_braces() =>
        Assert.That(Lines(new MetricFamily("here", "gauge", "", [Point(7)])), Has.Member("here 7"));

    [Test]
    public void The_buckets_of_a_histogram_are_added_up_to_infinity()
    {
        var point = Point(4.5, ("network", "bluesky")) with { Bounds = [0.1, 1], Counts = [2, 0, 1] };

        Assert.That(Lines(new MetricFamily("wait_seconds", "histogram", "Waiting.", [point])), Is.EqualTo(new[]
        {
            "# HELP wait_seconds Waiting.",
            "# TYPE wait_seconds histogram",
            """wait_seconds_bucket{network="bluesky",le="0.1"} 2""",
            """wait_seconds_bucket{network="bluesky",le="1"} 2""",
            """wait_seconds_bucket{network="bluesky",le="+Inf"} 3""",
            """wait_seconds_sum{network="bluesky"} 4.5""",
            """wait_seconds_count{network="bluesky"} 3""",
        }));
    }

    [Test]
    public void Only_the_bound_stands_in_the_braces_of_a_histogram_without_labels() =>
        Assert.That(Lines(new MetricFamily("w", "histogram", "", [Point(0) with { Bounds = [1], Counts = [0, 0] }])), Has.Member("""w_bucket{le="1"} 0"""));

    [Test]
    public void Backslash_quote_and_line_end_in_a_label_are_escaped() =>
        Assert.That(Lines(new MetricFamily("m", "gauge", "", [Point(1, ("path", "C:\\a \"b\"\nc"))])), Has.Member("""m{path="C:\\a \"b\"\nc"} 1"""));

    [Test]
    public void Backslash_and_line_end_in_the_help_are_escaped_and_quotes_are_not() =>
        Assert.That(Lines(new MetricFamily("m", "gauge", "a\\b\n\"c\"", [Point(1)]))[0], Is.EqualTo("""# HELP m a\\b\n"c" """.TrimEnd()));

    [TestCase(double.PositiveInfinity, "+Inf")]
    [TestCase(double.NegativeInfinity, "-Inf")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(1e21, "1E+21")]
    [TestCase(0.30000000000000004, "0.30000000000000004")]
    [TestCase(-2, "-2")]
    public void Numbers_are_written_as_Prometheus_reads_them(double value, string written) =>
        Assert.That(Lines(new MetricFamily("m", "gauge", "", [Point(value)])), Has.Member($"m {written}"));

    [Test]
    [SetCulture("de-DE")]
    public void Numbers_do_not_depend_on_the_language_of_the_machine() =>
        Assert.That(Lines(new MetricFamily("m", "gauge", "", [Point(1.5)])), Has.Member("m 1.5"));

    [Test]
    public void Every_line_ends_with_a_line_feed_alone()
    {
        var text = PrometheusText.Write([new MetricFamily("m", "gauge", "Help.", [Point(1)])]);
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.EndWith("\n"));
            Assert.That(text, Does.Not.Contain("\r"));
        });
    }

    [TestCase("crowd4care.mentions.received", "{mention}", "counter", "crowd4care_mentions_received_total")]
    [TestCase("http.server.request.duration", "s", "histogram", "http_server_request_duration_seconds")]
    [TestCase("dotnet.process.memory.working_set", "By", "gauge", "dotnet_process_memory_working_set_bytes")]
    [TestCase("dotnet.process.cpu.time", "s", "counter", "dotnet_process_cpu_time_seconds_total")]
    [TestCase("already_seconds", "s", "gauge", "already_seconds")]
    [TestCase("share.of.it", "1", "gauge", "share_of_it_ratio")]
    [TestCase("things", "1", "counter", "things_total")]
    [TestCase("2nd-thing", null, "gauge", "_2nd_thing")]
    public void Names_get_their_unit_and_only_allowed_letters(string instrument, string? unit, string kind, string name) =>
        Assert.That(PrometheusText.NameOf(instrument, unit, kind), Is.EqualTo(name));

    private static string[] Lines(MetricFamily family) => PrometheusText.Write([family]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static MetricPoint Point(double value, params (string Label, string Value)[] labels) =>
        new([.. labels.Select(l => KeyValuePair.Create(l.Label, l.Value))], value);
}
