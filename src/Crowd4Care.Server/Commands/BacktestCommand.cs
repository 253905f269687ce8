using System.CommandLine;
using System.Text.Json;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Backtest;
using Crowd4Care.Server.Hosting;

namespace Crowd4Care.Server.Commands;

/// <summary><c>backtest RULES.json</c>: what a draft of the rules would have done with the stored mentions.</summary>
internal static class BacktestCommand
{
    private const int NotValid = 1;

    public static Command Make()
    {
        var file = new Argument<string>("RULES.json") { Description = "The draft: a rule set document; - is standard input." };
        var from = new Option<string?>("--from") { Description = "Only mentions received at this date or time (UTC), or later.", HelpName = "DATE" };
        var to = new Option<string?>("--to") { Description = "Only mentions received before this date or time (UTC).", HelpName = "DATE" };
        var brand = CommonOptions.Brand();
        var json = CommonOptions.Json();
        var data = CommonOptions.Data();
        var command = new Command("backtest", "Compares a draft of the rules with the published ones on the stored mentions.") { file, from, to, brand, json, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (period, mistake) = BacktestPeriod.Read(parsed.GetValue(from), parsed.GetValue(to));
            if (period is null)
                throw new UsageException($"--{mistake}");

            var reading = RuleSetCheck.Read(await ReadAsync(parsed.GetValue(file)!, cancellationToken));
            if (reading.RuleSet is not { } draft)
            {
                foreach (var one in reading.Mistakes)
                    await Console.Error.WriteLineAsync(one.ToString());
                return NotValid;
            }

            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            await CrowdHost.PrepareAsync(host.Services, cancellationToken);
            await UserCommand.RequireBrandAsync(host.Services, parsed.GetValue(brand)!, cancellationToken);
            var report = await host.Services.GetRequiredService<BacktestRunner>().RunAsync(parsed.GetValue(brand)!, draft, period, cancellationToken);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            else
                BacktestText.Write(report, Console.Out);
            return 0;
        });
        return command;
    }

    private static Task<string> ReadAsync(string file, CancellationToken cancellationToken) =>
        file == "-" ? Console.In.ReadToEndAsync(cancellationToken) : File.ReadAllTextAsync(CommonOptions.Existing(file), cancellationToken);
}
