using System.Globalization;
using System.Text;

namespace Crowd4Care.Load.Throughput;

/// <summary>A result in Markdown, for people.</summary>
internal static class LoadReport
{
    public static string Write(LoadResult result)
    {
        var text = new StringBuilder();
        Line($"## Load: {result.Size}, {result.Mode}");
        Line($"");
        Line($"{result.Cores} cores; {result.Versions}; seed {result.Seed}; {result.Advocates} advocates present{Copies(result)}.");
        Line($"");
        Line($"| What | Figure |");
        Line($"|---|---:|");
        Line($"| mentions | {result.Mentions:N0} in {result.Seconds:0.0} s |");
        Line($"| received → routed, durable | **{result.MentionsPerSecond:N0}/s** |");
        Line($"| received → offered, p50 | {result.ReceivedToOfferedP50Ms:N0} ms |");
        Line($"| received → offered, p99 | **{result.ReceivedToOfferedP99Ms:N0} ms** |");
        Line($"| offered, waiting, escalated, ignored | {result.Outcomes.Offered:N0}, {result.Outcomes.Waiting:N0}, {result.Outcomes.Escalated:N0}, {result.Outcomes.Ignored:N0} |");
        foreach (var (name, value) in result.Raw)
            Line($"| raw: {name} | {value:N0}/s |");
        Line($"| ratio to the slowest raw batch insert | {result.RatioToRaw:0.000} |");
        foreach (var (stage, value) in result.StagesPerSecond)
            Line($"| {stage}, while at work | {value:N0}/s |");
        if (result.IngestFilePerSecond is { } ingest)
            Line($"| `ingest FILE` without a server, nobody present | {ingest:N0}/s |");
        Line($"| processor time of the product for a mention | {result.CpuMillisecondsPerMention:0.000} ms |");
        foreach (var (name, value) in result.CpuSeconds)
            Line($"| processor time of {name} | {value:0.0} s |");
        foreach (var (name, value) in result.ResidentMebibytes)
            Line($"| memory of {name} | {value:0} MiB |");
        Line($"| offers over somebody's capacity | {result.CapacityExceeded} |");
        if (result.Soak is { } soak)
        {
            Line($"| memory | {(soak.MemoryFlat ? "flat" : "**not flat**")}, {soak.MebibytesPerHour:0.0} MiB an hour |");
            Line($"| backlog | {(soak.BacklogFlat ? "flat" : "**not flat**")}, {soak.BacklogPerHour:0.0} mentions an hour |");
            Line($"");
            Line($"Flat means: {soak.Thresholds} (median slope of all pairs of samples, without the first fifth).");
        }

        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Copies(LoadResult result) => string.Concat(result.Copies.Select(c => $"; {c.Key} × {c.Value}"));
}
