using System.CommandLine;
using System.Text.Json;
using Crowd4Care.Load.Faults;

namespace Crowd4Care.Load.Commands;

/// <summary><c>faults</c>: breaks things and checks that nothing is lost or doubled.</summary>
internal static class FaultsCommand
{
    private const int ShownInFull = 200;

    public static Command Make()
    {
        var rounds = CommonOptions.Number("--rounds", "How often something is broken.", 1, null);
        var seed = CommonOptions.Seed();
        var size = CommonOptions.Size(Size.Embedded);
        var copies = CommonOptions.Copies();
        var only = new Option<string?>("--only") { Description = "Only faults whose name holds this, such as \"half-open\" or \"kill postgres\".", HelpName = "TEXT" };
        var keep = new Option<string?>("--keep") { Description = "Copy logs and the SQLite file to this folder in the end.", HelpName = "DIR" };
        var report = CommonOptions.Report();
        var json = CommonOptions.AsJson();
        var command = new Command("faults", "Breaks things while people work, and checks that nothing was lost or doubled.") 
        {
            rounds, seed, size, copies, only, keep, report, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = new FaultPlan
            {
                Size = parsed.GetValue(size),
                Rounds = parsed.GetValue(rounds),
                Seed = parsed.GetValue(seed),
                Copies = CommonOptions.ReadCopies(parsed.GetValue(copies), parsed.GetValue(size)),
                Only = parsed.GetValue(only) ?? "",
                Keep = parsed.GetValue(keep),
            };
            var (result, all, violations) = await new FaultRun(plan).RunAsync(cancellationToken);
            foreach (var violation in violations.Take(ShownInFull))
                await Console.Error.WriteLineAsync($"{violation.Kind}: {violation.Text}");
            var text = FaultReport.Write(result, all, violations);
            if (parsed.GetValue(report) is { } path)
                await File.WriteAllTextAsync(path, text, cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(result, CommonOptions.Json) : text);
            return violations.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
