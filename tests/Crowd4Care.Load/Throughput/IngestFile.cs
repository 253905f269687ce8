using System.Text.Json.Nodes;
using Crowd4Care.Load.Mentions;
using Crowd4Care.Load.Running;

namespace Crowd4Care.Load.Throughput;

/// <summary>Measures <c>ingest FILE</c> on a data folder of its own: the command runs the whole pipeline itself, nobody is present.</summary>
internal static class IngestFile
{
    private const int Mentions = 20_000;

    /// <summary>Mentions a second as the command itself says; null where it is not measured.</summary>
    public static async Task<double?> MeasureAsync(LoadPlan plan, string folder, CancellationToken cancellationToken)
    {
        if (plan.Size != Size.Embedded || plan.Rate is not null || plan.File is not null)
            return null;

        Progress.Say($"importing a file of {Mentions} mentions");
        var file = Path.Combine(folder, "mentions.jsonl");
        await File.WriteAllLinesAsync(file, new PostGenerator(plan.Seed + 1, TimeProvider.System).Take(Mentions).Select(OneLine), cancellationToken);
        var summary = JsonNode.Parse(await CrowdCommand.RunAsync(["ingest", file, "--json", "--data", Path.Combine(folder, "import")], cancellationToken))!;
        return Math.Round((double)summary["routed"]! / (double)summary["seconds"]!);
    }

    private static string OneLine(GeneratedPost post)
    {
        var array = System.Text.Encoding.UTF8.GetString(PostBatch.Of([post]).Body);
        return array[1..^1];
    }
}
