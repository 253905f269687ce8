using System.CommandLine;
using Crowd4Care.Simulation;

namespace Crowd4Care.Server.Commands;

/// <summary><c>simulate</c>: plays days of a crowd under several routing policies and prints what each is worth; no database needed.</summary>
internal static class SimulateCommand
{
    public static Command Make()
    {
        var defaults = new SimulationOptions();
        var advocates = CommonOptions.Number("--advocates", "How many advocates the crowd has.", defaults.Advocates);
        var mentions = CommonOptions.Number("--mentions", "How many mentions come; of recorded ones, how many at most.", defaults.Mentions);
        var seeds = CommonOptions.Number("--seeds", "How many days to play, each with its own crowd.", defaults.Seeds);
        var history = CommonOptions.Number("--history-days", "How many days the brand has behind it, of which it learned how well people know what; 0 for a new brand.", defaults.HistoryDays);
        var arrivals = new Option<string?>("--arrivals") { Description = "Recorded times instead of a made day: JSON lines with created_at, also .gz.", HelpName = "FILE" };
        var csv = new Option<string?>("--csv") { Description = "Also write a row for each policy and seed.", HelpName = "FILE" };
        var svg = new Option<string?>("--svg") { Description = "Also draw the result.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("simulate", "Compares routing policies on simulated days.") { advocates, mentions, seeds, history, arrivals, csv, svg, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new SimulationOptions
            {
                Advocates = parsed.Within(advocates, 1, 10_000), Mentions = parsed.Within(mentions, 1, 1_000_000), Seeds = parsed.Within(seeds, 1, 10_000),
                HistoryDays = parsed.Within(history, 0, 3650),
            };
            if (parsed.GetValue(arrivals) is { } path)
                options = options with { Arrivals = RecordedArrivals.Read(CommonOptions.Existing(path), options.Mentions) };

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
}
