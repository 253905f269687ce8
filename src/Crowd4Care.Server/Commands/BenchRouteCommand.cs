using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Bench;

namespace Crowd4Care.Server.Commands;

/// <summary><c>bench-route</c>: how long routing decisions take in a large community.</summary>
internal static class BenchRouteCommand
{
    private const int MostAdvocates = 1_000_000;

    public static Command Make()
    {
        var advocates = new Option<int>("--advocates") { Description = "How many advocates are here, each with eight skills.", DefaultValueFactory = _ => 100_000 };
        var rules = new Option<int>("--rules") { Description = "How many rules are tried.", DefaultValueFactory = _ => 1000 };
        var decisions = new Option<int>("--decisions") { Description = "How many decisions are timed.", DefaultValueFactory = _ => 10_000 };
        var seed = new Option<int>("--seed") { Description = "What everything is made from.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("bench-route", "Measures routing decisions on a made-up community.") { advocates, rules, decisions, seed, json };
        command.SetAction(parsed =>
        {
            var result = RouteBench.Run(
                Within(parsed.GetValue(advocates), 1, MostAdvocates, "--advocates"), Within(parsed.GetValue(rules), 1, RuleSetCheck.MostRules, "--rules"),
                Within(parsed.GetValue(decisions), 100, 10_000_000, "--decisions"), parsed.GetValue(seed));
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web)
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{result.Advocates} advocates, {result.Rules} rules: half of {result.Decisions} decisions within {result.P50Ms} ms, 99 of 100 within {result.P99Ms} ms; {result.BytesResident / 1048576.0:0.#} MiB; {result.UpdatesPerSecond:0} updates/s"));
            return 0;
        });
        return command;
    }

    private static int Within(int value, int least, int most, string option) => value >= least && value <= most
        ? value
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; {least} to {most} is possible."));
}
