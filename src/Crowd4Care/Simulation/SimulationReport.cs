using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd4Care.Simulation;

/// <summary>Results as text: for people, for programs, for a spreadsheet.</summary>
public static class SimulationReport
{
    private static readonly (string Name, string Format, Func<Figures, double> Of)[] Columns =
    [
        ("matchQuality", "0.000", f => f.MatchQuality),
        ("resolvedShare", "0.000", f => f.ResolvedShare),
        ("waitP50Seconds", "0", f => f.WaitP50Seconds),
        ("waitP95Seconds", "0", f => f.WaitP95Seconds),
        ("expiredShare", "0.000", f => f.ExpiredShare),
        ("gini", "0.000", f => f.Gini),
        ("newcomerShare", "0.000", f => f.NewcomerShare),
        ("overflowShare", "0.000", f => f.OverflowShare),
    ];

    /// <summary>A table: a line for each policy, each mean with half of its 95 % confidence interval.</summary>
    public static string Table(SimulationResult result)
    {
        string[][] rows = [["policy", .. Columns.Select(c => c.Name)], .. result.Policies.Select(p => (string[])[p.Name, .. Columns.Select(c => Cell(c.Format, c.Of(p.Mean), c.Of(p.PlusMinus)))])];
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{result.Advocates} advocates, {result.Mentions} mentions, {result.Seeds} seeds, {result.HistoryDays} days of history; ± is half of a 95 % confidence interval");
        foreach (var row in rows)
            text.AppendLine(string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        return text.ToString();
    }

    /// <summary>An object in one line.</summary>
    public static string Json(SimulationResult result)
    {
        var policies = result.Policies.Select(JsonNode (p) =>
        {
            var policy = Object(p.Mean);
            policy.Insert(0, "name", p.Name);
            policy.Add("plusMinus", Object(p.PlusMinus));
            return policy;
        });
        return new JsonObject
        {
            ["advocates"] = result.Advocates, ["mentions"] = result.Mentions, ["seeds"] = result.Seeds, ["historyDays"] = result.HistoryDays, ["policies"] = new JsonArray([.. policies]),
        }.ToJsonString(JsonSerializerOptions.Web);
    }

    /// <summary>Comma-separated values with a header: a row for each policy and seed.</summary>
    public static string Csv(SimulationResult result)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', Columns.Select(c => c.Name).Prepend("seed").Prepend("policy")).Append('\n');
        foreach (var run in result.Runs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{run.Policy},{run.Seed},");
            text.AppendJoin(',', Columns.Select(c => Rounded(c.Of(run.Figures)).ToString(CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }

    private static JsonObject Object(Figures figures) => new(Columns.Select(c => KeyValuePair.Create<string, JsonNode?>(c.Name, Rounded(c.Of(figures)))));

    private static string Cell(string format, double mean, double plusMinus) =>
        $"{mean.ToString(format, CultureInfo.InvariantCulture)} ±{plusMinus.ToString(format, CultureInfo.InvariantCulture)}";

    private static double Rounded(double value) => Math.Round(value, 6);
}
