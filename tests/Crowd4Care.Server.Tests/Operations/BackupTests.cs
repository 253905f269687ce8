using System.Globalization;
using System.Text.Json.Nodes;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.Bluesky;
using Crowd4Care.Server.Tests.TestBed;
using Crowd4Care.Storage;
using Npgsql;

namespace Crowd4Care.Server.Tests.Operations;

/// <summary>Backups of a running server, and what is there after a restore.</summary>
public sealed class BackupTests
{
    private const string Did = "did:plc:zoezoezoezoezoezoezoezo2";
    private const int Third = 200;

    private Installation installation = null!;
    private string? database;

    private string Backup => Path.Combine(installation.Folder, "backup");

    [SetUp]
    public void NewInstallation() => installation = new Installation();

    [TearDown]
    public async Task RemoveAsync()
    {
        await installation.DisposeAsync();
        if (database is not null)
            await OnPostgresAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        database = null;
    }

    [TestCase("sqlite")]
    [TestCase("postgres")]
    public async Task Under_load_nothing_before_the_backup_is_missing_and_the_rest_comes_again(string engine)
    {
        await UseAsync(engine);
        await using var jetstream = await JetstreamServer.StartAsync();
        await installation.AddBlueskyAsync(new { jetstream = jetstream.Address, keywords = new[] { "lamp" } }, secret: null);
        var server = await installation.ServeAsync();
        var frames = Enumerable.Range(0, 3 * Third).Select(i => jetstream.Post(Did, Key(i), $"What does the lamp number {i} cost?")).ToList();
        var listener = await jetstream.ListenerAsync();
        var telling = TellAsync(listener, frames[..(2 * Third)]);

        var before = await Poll.UntilAsync(_ => StoredAsync(server), stored => stored >= Third / 2, "a load");
        var made = await installation.RunAsync("backup", Backup);
        Assert.That(made.ExitCode, Is.Zero, made.Errors);
        await telling;
        await TellAsync(listener, frames[(2 * Third)..]);
        await Poll.UntilAsync(_ => StoredAsync(server), stored => stored == 3 * Third, "everything stored");
        await server.Process.KillAsync();
        installation.Close();

        var restored = await installation.RunAsync("restore", Backup, "--force");
        Assert.That(restored.ExitCode, Is.Zero, restored.Errors);
        var kept = await ExternalIdsAsync();
        Assert.That(kept, Has.Count.InRange(before, 3 * Third - 1));
        Assert.That(kept, Is.EquivalentTo(Enumerable.Range(0, kept.Count).Select(PostOf)), "a gap before the moment of the backup");

        await using var again = await installation.ServeAsync();
        var reader = await jetstream.ListenerAsync();
        // As a network does it: everything from the cursor on, which may be something twice.
        var cursor = long.Parse(reader.Cursor!, CultureInfo.InvariantCulture);
        await TellAsync(reader, frames.FindAll(f => (long)JsonNode.Parse(f)!["time_us"]! >= cursor));
        await Poll.UntilAsync(_ => StoredAsync(again), stored => stored == 3 * Third - kept.Count, "the rest");
        Assert.That(await ExternalIdsAsync(), Is.EquivalentTo(Enumerable.Range(0, 3 * Third).Select(PostOf)));
    }

    [Test]
    public async Task A_restored_channel_can_use_its_secret()
    {
        var channel = await installation.AddBlueskyAsync(new { account = "brand.example.com" }, secret: "app-password");
        Assert.That((await installation.RunAsync("backup", Backup)).ExitCode, Is.Zero);

        await using var other = new Installation();
        var restored = await other.RunAsync("restore", Backup);
        Assert.That(restored.ExitCode, Is.Zero, restored.Errors);
        Assert.That(await other.SecretAsync(channel), Is.EqualTo("app-password"));
    }

    [Test]
    public async Task Nothing_is_replaced_unasked_and_nothing_under_a_server()
    {
        await installation.AddKeyAsync(Role.Admin, "Ada");
        Assert.That((await installation.RunAsync("restore", Backup)).Errors, Does.Contain("no finished backup"));
        Assert.That((await installation.RunAsync("backup", Backup)).ExitCode, Is.Zero);
        Assert.That((await installation.RunAsync("backup", Backup)).Errors, Does.Contain("--force"));
        Assert.That((await installation.RunAsync("backup", Backup, "--force")).ExitCode, Is.Zero);
        Assert.That((await installation.RunAsync("restore", Backup)).Errors, Does.Contain("--force"));

        await using var server = await installation.ServeAsync();
        var refused = await installation.RunAsync("restore", Backup, "--force");
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Errors, Does.Contain("Stop it first"));
    }

    private static async Task TellAsync(JetstreamServer.Listener listener, List<string> frames)
    {
        foreach (var some in frames.Chunk(5))
        {
            await listener.SendAsync(some);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    // Record keys have 13 characters.
    private static string Key(int i) => "3m" + new string([.. i.ToString("D5", CultureInfo.InvariantCulture).Select(c => (char)('a' + c - '0'))]) + "aaaa2a";

    private static string PostOf(int i) => $"at://{Did}/app.bsky.feed.post/{Key(i)}";

    private static async Task<int> StoredAsync(RunningServer server)
    {
        const string counter = "crowd4care_mentions_received_total{source=\"stream\"} ";
        var line = (await server.Api().GetAsync("/metrics")).Text.Split('\n').FirstOrDefault(l => l.StartsWith(counter, StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line[counter.Length..], CultureInfo.InvariantCulture);
    }

    private async Task<List<string>> ExternalIdsAsync() => [.. (await installation.ExportAsync()).Select(m => (string)m["externalId"]!)];

    private async Task UseAsync(string engine)
    {
        if (engine == "sqlite")
            return;
        database = $"backup_{Ids.New(TimeProvider.System):N}";
        await OnPostgresAsync($"CREATE DATABASE {database}");
        installation.Settings["Storage:Engine"] = engine;
        installation.Settings["Storage:ConnectionString"] = new NpgsqlConnectionStringBuilder(Postgres()) { Database = database }.ToString();
    }

    private static string Postgres()
    {
        if (Environment.GetEnvironmentVariable("CROWD4CARE_TEST_POSTGRES") is not { Length: > 0 } server)
            Assert.Ignore("CROWD4CARE_TEST_POSTGRES names no PostgreSQL.");
        else
            return server;
        return "";
    }

    private static async Task OnPostgresAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Postgres());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
