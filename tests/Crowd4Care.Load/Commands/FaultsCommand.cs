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
        var report = CommonOptions.Report();
        var json = CommonOptions.AsJson();
        var command = new Command("faults", "Breaks things while people work, and checks that nothing was lost or doubled.") { rounds, seed, size, copies, report, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = new FaultPlan(
                parsed.GetValue(size), parsed.GetValue(rounds), parsed.GetValue(seed), CommonOptions.ReadCopies(parsed.GetValue(copies), parsed.GetValue(size)));
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
