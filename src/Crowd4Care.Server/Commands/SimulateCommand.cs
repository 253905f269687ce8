using System.CommandLine;
using Crowd4Care.Routing.Simulation;

namespace Crowd4Care.Server.Commands;

/// <summary><c>simulate</c>: plays days of a crowd under several routing policies and prints what each is worth; no database needed.</summary>
internal static class SimulateCommand
{
    public static Command Make()
    {
        var defaults = new SimulationOptions();
        var advocates = Number("--advocates", "How many advocates the crowd has.", defaults.Advocates);
        var mentions = Number("--mentions", "How many mentions come; of recorded ones, how many at most.", defaults.Mentions);
        var seeds = Number("--seeds", "How many days to play, each with its own crowd.", defaults.Seeds);
        var arrivals = new Option<string?>("--arrivals") { Description = "Recorded times instead of a made day: JSON lines with created_at, also .gz.", HelpName = "FILE" };
        var csv = new Option<string?>("--csv") { Description = "Also write a row for each policy and seed.", HelpName = "FILE" };
        var svg = new Option<string?>("--svg") { Description = "Also draw the result.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("simulate", "Compares routing policies on simulated days.") { advocates, mentions, seeds, arrivals, csv, svg, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new SimulationOptions
            {
                Advocates = Within(parsed, advocates, 10_000), Mentions = Within(parsed, mentions, 1_000_000), Seeds = Within(parsed, seeds, 10_000),
            };
            if (parsed.GetValue(arrivals) is { } path)
            {
                if (!File.Exists(path))
                    throw new UsageException($"{path}: there is no such file.");
                options = options with { Arrivals = RecordedArrivals.Read(path, options.Mentions) };
            }

            var result = SimulationStudy.Run(options, cancellationToken);
            if (parsed.GetValue(csv) is { } rows)
                await File.WriteAllTextAsync(rows, SimulationReport.Csv(result), cancellationToken);
            if (parsed.GetValue(svg) is { } drawing)
                await File.WriteAllTextAsync(drawing, SimulationPlot.Svg(result), cancellationToken);
            Console.Out.Write(parsed.GetValue(json) ? SimulationReport.Json(result) + "\n" : SimulationReport.Table(result));
            return 0;
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int otherwise) => new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };

    private static int Within(ParseResult parsed, Option<int> option, int most) =>
        parsed.GetValue(option) is var value && value >= 1 && value <= most ? value : throw new UsageException($"{option.Name} {value} is out of range; a number from 1 to {most} is expected.");
}
