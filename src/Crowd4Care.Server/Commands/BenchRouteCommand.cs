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
        var advocates = CommonOptions.Number("--advocates", "How many advocates are here, each with eight skills.", 100_000);
        var rules = CommonOptions.Number("--rules", "How many rules are tried.", 1000);
        var decisions = CommonOptions.Number("--decisions", "How many decisions are timed.", 10_000);
        var seed = CommonOptions.Number("--seed", "What everything is made from.", 1);
        var json = CommonOptions.Json();
        var command = new Command("bench-route", "Measures routing decisions on a made-up community.") { advocates, rules, decisions, seed, json };
        command.SetAction(parsed =>
        {
            var result = RouteBench.Run(
                parsed.Within(advocates, 1, MostAdvocates), parsed.Within(rules, 1, RuleSetCheck.MostRules), parsed.Within(decisions, 100, 10_000_000), parsed.GetValue(seed));
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web)
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{result.Advocates} advocates, {result.Rules} rules: half of {result.Decisions} decisions within {result.P50Ms} ms, 99 of 100 within {result.P99Ms} ms; {result.BytesResident / 1048576.0:0.#} MiB; {result.UpdatesPerSecond:0} updates/s"));
            return 0;
        });
        return command;
    }
}
