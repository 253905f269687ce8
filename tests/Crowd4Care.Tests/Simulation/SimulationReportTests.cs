using System.Text.Json.Nodes;
using System.Xml.Linq;
using Crowd4Care.Simulation;

namespace Crowd4Care.Tests.Simulation;

public sealed class SimulationReportTests
{
    private static readonly Lazy<SimulationResult> Made = new(() => SimulationStudy.Run(new SimulationOptions { Advocates = 20, Mentions = 100, Seeds = 3, HistoryDays = 4 }));

    private static SimulationResult Result => Made.Value;

    [Test]
    public void A_table_has_a_line_for_each_policy()
    {
        var lines = SimulationReport.Table(Result).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Does.StartWith("20 advocates, 100 mentions, 3 seeds, 4 days of history"));
        Assert.That(lines[2..].Select(l => l.Split(' ')[0]), Is.EqualTo(new[] { "round-robin", "least-loaded", "best-skill", "crowd4care", "optimum" }));
    }

    [Test]
    public void Json_is_one_line_with_means_and_intervals()
    {
        var json = SimulationReport.Json(Result);
        Assert.That(json, Does.Not.Contain("\n"));
        var root = JsonNode.Parse(json)!;
        Assert.That(((int)root["advocates"]!, (int)root["mentions"]!, (int)root["seeds"]!, (int)root["historyDays"]!), Is.EqualTo((20, 100, 3, 4)));
        foreach (var policy in root["policies"]!.AsArray())
        {
            string[] figures = ["matchQuality", "resolvedShare", "waitP50Seconds", "waitP95Seconds", "expiredShare", "gini", "newcomerShare"];
            Assert.That(figures.Select(f => policy![f]), Is.All.Not.Null);
            Assert.That(figures.Select(f => policy!["plusMinus"]![f]), Is.All.Not.Null);
            Assert.That((string?)policy!["name"], Is.Not.Empty);
        }
    }

    [Test]
    public void Csv_has_a_row_for_each_policy_and_seed()
    {
        var rows = SimulationReport.Csv(Result).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(',')).ToArray();
        Assert.That(rows, Has.Length.EqualTo(1 + 5 * 3));
        Assert.That(rows[0][..3], Is.EqualTo(new[] { "policy", "seed", "matchQuality" }));
        Assert.That(rows.Select(r => r.Length), Is.All.EqualTo(rows[0].Length));
        Assert.That(rows[1..].Select(r => (r[0], r[1])), Is.Unique);
    }

    [Test]
    public void The_drawing_is_xml_and_names_every_policy()
    {
        var svg = XDocument.Parse(SimulationPlot.Svg(Result));
        Assert.That(svg.Root!.Name.LocalName, Is.EqualTo("svg"));
        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToArray();
        Assert.That(texts, Is.SupersetOf(Result.Policies.Select(p => p.Name)));
        Assert.That(svg.Descendants().Single(e => e.Name.LocalName == "style").Value, Does.Contain("prefers-color-scheme: dark"));
    }

    [Test]
    public void Recorded_times_are_read_where_they_are_closest()
    {
        using var file = new TextFile("""
            {"created_at":"2020-01-01T00:00:00Z"}
            {"created_at":"2026-05-01T12:00:10Z"}
            {"id":"1","created_at":"2026-05-01T14:00:00+02:00"}

            """);
        Assert.That(RecordedArrivals.Read(file.Path, 2), Is.EqualTo(new[] { 43200.0, 43210.0 }));
        Assert.That(RecordedArrivals.Read(file.Path, 9), Has.Count.EqualTo(3));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("nonsense")]
    [TestCase("{\"created_at\":\"yesterday\"}")]
    public void A_file_without_times_is_refused(string text)
    {
        using var file = new TextFile(text);
        Assert.That(() => RecordedArrivals.Read(file.Path, 10), Throws.TypeOf<InvalidDataException>().With.Message.Contains(file.Path));
    }

    private sealed class TextFile : IDisposable
    {
        public TextFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
