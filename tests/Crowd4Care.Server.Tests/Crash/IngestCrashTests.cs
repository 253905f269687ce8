using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd4Care.Engagement;
using Crowd4Care.Server.Tests.TestBed;
using Crowd4Care.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Server.Tests.Crash;

/// <summary>
/// Kills an import with SIGKILL at random moments and starts it again until it is done. <c>ops/crash-ingest</c> does it with more rounds.
/// </summary>
public sealed class IngestCrashTests
{
    private const string Rounds = "CROWD4CARE_CRASH_ROUNDS";
    private const string Seed = "CROWD4CARE_CRASH_SEED";
    private const int Posts = 5000;
    private const int Kills = 2;

    [Test]
    public async Task Nothing_is_lost_and_nothing_is_stored_twice()
    {
        var rounds = Setting(Rounds, 3);
        var seed = Setting(Seed, 1);
        var random = new Random(seed);
        var whole = await TimeOfAnImportAsync(seed);
        TestContext.Out.WriteLine(Say($"seed {seed}, {rounds} rounds; an import of {Posts} that nobody disturbs takes {whole.TotalSeconds:0.0} s"));

        for (var round = 1; round <= rounds; round++)
            await RoundAsync(round, random, whole);
        TestContext.Out.WriteLine(Say($"crash-ingest: {rounds} rounds, {rounds * Posts} mentions, 0 lost, 0 twice, 0 not routed"));
    }

    private static async Task RoundAsync(int round, Random random, TimeSpan whole)
    {
        await using var installation = new Installation();
        var file = installation.Write("mentions.jsonl", Some.Posts(Posts, random.Next()));
        for (var kill = 1; kill <= Kills; kill++)
        {
            var after = whole * random.NextDouble();
            var import = installation.Start("ingest", file, "--json");
            await Task.Delay(after, TimeProvider.System);
            var killed = await import.KillAsync();
            TestContext.Out.WriteLine(Say($"round {round}: {(killed ? "killed" : "done")} after {after.TotalSeconds:0.00} s, {await CountsAsync(installation)}"));
        }

        var summary = await installation.IngestAsync(file);

        Assert.That((int)summary["accepted"]! + (int)summary["duplicates"]!, Is.EqualTo(Posts));
        var exported = await installation.ExportAsync();
        Assert.That(exported.Select(m => (string?)m["externalId"]).Distinct().Count(), Is.EqualTo(exported.Count), "Something is stored twice.");
        Assert.That(exported, Has.Count.EqualTo(Posts), "Something is lost.");
        Assert.That(exported.Count(m => !IsRouted(m)), Is.Zero, "Something is not routed.");
        await EachHasOneHistoryAsync(installation, exported);
    }

    // The journal must tell of each step once, whatever was repeated.
    private static async Task EachHasOneHistoryAsync(Installation installation, IReadOnlyList<JsonNode> exported)
    {
        await using var connection = await (await installation.ServicesAsync()).GetRequiredService<Database>().OpenAsync();
        var entries = await connection.QueryAsync<(Guid MentionId, string Kind)>("SELECT mention_id, kind FROM journal WHERE mention_id IS NOT NULL ORDER BY seq");
        var kinds = entries.GroupBy(e => e.MentionId, e => e.Kind).ToDictionary(g => g.Key, g => g.ToList());

        var odd = exported.Where(m => kinds[(Guid)m["id"]!] is not ["mention.received", "mention.classified", "mention.opened" or "mention.escalated" or "mention.ignored", ..] history
            || history.Count > 3 && history[2] != "mention.opened");
        Assert.That(odd.Select(m => string.Join(' ', kinds[(Guid)m["id"]!])), Is.Empty, "A step is missing, out of order or told twice.");
    }

    private static bool IsRouted(JsonNode mention) =>
        (string?)mention["status"] is "open" or "escalated" or "ignored" && mention["score"] is not null && mention["decision"] is not null;

    private static async Task<TimeSpan> TimeOfAnImportAsync(int seed)
    {
        await using var installation = new Installation();
        var file = installation.Write("mentions.jsonl", Some.Posts(Posts, seed));
        var started = TimeProvider.System.GetTimestamp();
        await installation.IngestAsync(file);
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static async Task<string> CountsAsync(Installation installation)
    {
        var feed = (await installation.ServicesAsync()).GetRequiredService<FeedQueries>();
        return JsonSerializer.Serialize(await feed.CountsAsync("default"));
    }

    private static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}
