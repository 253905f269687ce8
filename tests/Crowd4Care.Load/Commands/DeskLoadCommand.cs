using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Crowd4Care.Load.Desks;

namespace Crowd4Care.Load.Commands;

/// <summary><c>desk-load</c>: many open desks.</summary>
internal static class DeskLoadCommand
{
    public static Command Make()
    {
        var desks = CommonOptions.Number("--desks", "How many desks are open.", 1, 1000);
        var mentions = CommonOptions.Number("--mentions", "How many mentions are stored before.", 1000, 100_000);
        var seed = CommonOptions.Seed();
        var json = CommonOptions.AsJson();
        var command = new Command("desk-load", "Measures pages, claims and live updates while many people have the desk open.") { desks, mentions, seed, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var result = await new DeskRun(parsed.GetValue(desks), parsed.GetValue(mentions), parsed.GetValue(seed)).RunAsync(cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(result, CommonOptions.Json) : Write(result));
            return 0;
        });
        return command;
    }

    private static string Write(DeskResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {result.Desks} desks open, {result.Mentions} mentions stored
        an empty page     p95 {result.EmptyPageP95Ms} ms
        the feed          p95 {result.FeedP95Ms} ms
        a claim           p95 {result.ClaimP95Ms} ms
        a live update     p95 {result.FanOutP95Ms} ms after it was routed
        an open desk      {result.BytesPerDesk} bytes
        """);
}
