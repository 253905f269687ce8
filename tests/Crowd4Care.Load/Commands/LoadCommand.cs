using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Crowd4Care.Load.Throughput;

namespace Crowd4Care.Load.Commands;

/// <summary><c>load</c>: how many mentions a second, and how long each waits.</summary>
internal static class LoadCommand
{
    public static Command Make()
    {
        var size = CommonOptions.Size(null);
        var mentions = new Option<int?>("--mentions") { Description = "How many mentions; about half a minute's if left out.", HelpName = "N" };
        var rate = new Option<double?>("--rate") { Description = "So many a second, to see how long each waits; as fast as they are taken if left out.", HelpName = "R" };
        var burst = new Option<bool>("--burst") { Description = "Let the rate come in bursts of three times as many." };
        var minutes = new Option<double?>("--minutes") { Description = "A soak: keep up the rate for so long and look at memory and backlog.", HelpName = "M" };
        var batch = CommonOptions.Number("--batch", "Mentions in one request while a rate is kept.", 1, 10);
        var advocates = CommonOptions.Number("--advocates", "Advocates who are present.", 0, 200);
        var capacity = CommonOptions.Number("--capacity", "How many mentions each advocate can be offered; with few, the check of capacities means something.", 1, 1_000_000);
        var file = new Option<string?>("--file") { Description = "Recorded mentions, one JSON object a line as the API takes it.", HelpName = "F.jsonl" };
        var seed = CommonOptions.Seed();
        var copies = CommonOptions.Copies();
        var report = CommonOptions.Report();
        var json = CommonOptions.AsJson();
        var command = new Command("load", "Measures the rate from received to routed, or the time from received to offered at a rate.")
        {
            size, mentions, rate, burst, minutes, batch, advocates, capacity, file, seed, copies, report, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = new LoadPlan
            {
                Size = parsed.GetValue(size),
                Mentions = Positive("--mentions", parsed.GetValue(mentions)),
                Rate = Positive("--rate", parsed.GetValue(rate)),
                Bursts = parsed.GetValue(burst),
                Minutes = Positive("--minutes", parsed.GetValue(minutes)),
                Seed = parsed.GetValue(seed),
                Advocates = parsed.GetValue(advocates),
                Capacity = parsed.GetValue(capacity),
                Batch = parsed.GetValue(batch),
                Copies = CommonOptions.ReadCopies(parsed.GetValue(copies), parsed.GetValue(size)),
                File = parsed.GetValue(file),
            };
            Check(plan);
            var result = await new LoadRun(plan).RunAsync(cancellationToken);
            if (parsed.GetValue(report) is { } path)
                await File.WriteAllTextAsync(path, LoadReport.Write(result), cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(result, CommonOptions.Json) : LoadReport.Write(result));
            return 0;
        });
        return command;
    }

    private static void Check(LoadPlan plan)
    {
        if (plan.Rate is null && (plan.Bursts || plan.Minutes is not null))
            throw new UsageException("--burst and --minutes need a --rate.");
        if (plan.Minutes is not null && plan.Mentions is not null)
            throw new UsageException("--minutes and --mentions both say how long; leave one out.");
        if (plan.File is not null && !File.Exists(plan.File))
            throw new UsageException($"--file {plan.File}: there is no such file.");
    }

    private static T? Positive<T>(string name, T? value)
        where T : struct, IComparable<T> =>
        value is not { } given || given.CompareTo(default) > 0
            ? value
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{name} {given} is not possible; a number over 0 is expected."));
}
