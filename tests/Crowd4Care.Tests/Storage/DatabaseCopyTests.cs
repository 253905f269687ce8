using System.Text;
using System.Text.Json.Nodes;
using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Storage;

[EachEngine]
public sealed class DatabaseCopyTests(string engine)
{
    private CrowdDriver from = null!;
    private CrowdDriver to = null!;

    [SetUp]
    public async Task StartAsync()
    {
        from = await CrowdDriver.StartAsync();
        to = await CrowdDriver.StartAsync(engine);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await from.DisposeAsync();
        await to.DisposeAsync();
    }

    [Test]
    public async Task Every_row_of_every_table_comes_over()
    {
        await FillAsync();
        var file = await ExportAsync();
        var counts = await to.Get<DatabaseCopy>().ReadAsync(new MemoryStream(file));
        foreach (var table in DatabaseCopy.Tables.Except([DatabaseCopy.Keys]))
        {
            Assert.That(await RowsAsync(to, table), Is.EqualTo(await RowsAsync(from, table)), table);
            Assert.That(counts[table], Is.EqualTo((await RowsAsync(from, table)).Count), table);
        }

        Assert.That(await to.QueryAsync<string>("SELECT xml FROM data_protection_keys"), Is.EqualTo(new[] { "<key/>" }));
    }

    [Test]
    public async Task Work_goes_on_in_the_new_database()
    {
        await FillAsync();
        await to.Get<DatabaseCopy>().ReadAsync(new MemoryStream(await ExportAsync()));
        var advocate = await to.AdvocateAsync();
        var (id, _) = await to.ClaimedAsync(advocate);
        Assert.That(await to.KindsAsync(id), Does.Contain(JournalKinds.Claimed));
        await to.Get<PointsLedger>().RecomputeAsync();
        Assert.That(await to.ScalarAsync<long>("SELECT COUNT(*) FROM points"), Is.EqualTo(await from.ScalarAsync<long>("SELECT COUNT(*) FROM points")));
    }

    [Test]
    public async Task What_is_cut_off_is_refused_and_nothing_of_it_stays()
    {
        await FillAsync();
        var lines = Encoding.UTF8.GetString(await ExportAsync()).Split('\n');
        var cut = Encoding.UTF8.GetBytes(string.Join('\n', lines[..^2]));
        Assert.That(async () => await to.Get<DatabaseCopy>().ReadAsync(new MemoryStream(cut)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("end is missing"));
        Assert.That(await to.ScalarAsync<long>("SELECT COUNT(*) FROM mentions"), Is.Zero);
    }

    [Test]
    public async Task A_lost_line_is_noticed()
    {
        await FillAsync();
        var lines = Encoding.UTF8.GetString(await ExportAsync()).Split('\n').ToList();
        lines.RemoveAt(lines.FindIndex(l => l.Contains("\"table\":\"notes\"", StringComparison.Ordinal)));
        var lost = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        Assert.That(async () => await to.Get<DatabaseCopy>().ReadAsync(new MemoryStream(lost)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("notes"));
    }

    [Test]
    public async Task A_database_with_people_is_left_alone()
    {
        await FillAsync();
        var file = await ExportAsync();
        await to.AgentAsync();
        Assert.That(async () => await to.Get<DatabaseCopy>().ReadAsync(new MemoryStream(file)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("people"));
        Assert.That(await to.ScalarAsync<long>("SELECT COUNT(*) FROM people"), Is.EqualTo(1));
    }

    [TestCase("", "line")]
    [TestCase("{\"id\":1}", "crowd4care")]
    [TestCase("{\"crowd4care\":\"sqlite\",\"schema\":1}", "schema version 1")]
    public void Something_else_is_refused(string file, string reason) =>
        Assert.That(
            async () => await to.Get<DatabaseCopy>().ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(file))),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains(reason));

    [Test]
    public async Task Every_table_is_copied_but_those_of_the_moment()
    {
        var tables = await to.QueryAsync<string>(engine == SqlDialect.Sqlite.Name
            ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
        // The index of words is made anew, by the triggers of mentions.
        Assert.That(DatabaseCopy.Tables.Concat(["schema_versions", "leases"]), Is.EquivalentTo(tables.Where(t => !t.StartsWith("mention_", StringComparison.Ordinal))));
    }

    private async Task FillAsync()
    {
        var advocate = await from.AdvocateAsync("Ana");
        var agent = await from.AgentAsync();
        await from.ChannelAsync();
        await from.Get<RuleSetStore>().PublishAsync(CrowdDriver.Brand, RuleSetStore.DefaultDocument, agent.Id);
        var text = "größer 😀 \"x\" \\ \0 日本";
        var (claimed, fence) = await from.ClaimedAsync(advocate, Some.Post() with { Text = text });
        await from.Get<Crowd4Care.Escalation.StaffDesk>().NoteAsync(claimed, CrowdDriver.Brand, agent.Id, "A note.");
        await from.Get<Crowd4Care.Engagement.ReplyDesk>().SubmitAsync(claimed, CrowdDriver.Brand, advocate.Id, advocate.Name, fence, "Hello");
        var open = await from.OpenAsync();
        await from.OfferAsync(open, advocate);
        var scored = await from.ClassifiedAsync();
        await from.Get<CorrectionStore>().SaveAsync(scored, CrowdDriver.Brand, agent.Id, agent.Role, "sentiment", "negative");
        await from.Get<ModelStore>().AddAsync(new TrainedModel("m-1", "m-0", "Better.", new TrainingFigures(1, [], []), [0, 1, 10, 92, 255]), agent.Id);
        await from.Get<BrandHeadStore>().SaveAsync(CrowdDriver.Brand, new BrandHead("product-line", [new("router", ["mesh box"]), new("tv", [])]), agent.Id);
        await from.ApplyAsync(MentionChange.ClaimExpired((await from.ClaimedAsync(advocate)).Id, advocate.Id, 1, MentionStatus.Open));
        await from.Get<PointsLedger>().CatchUpAsync();
        await from.Get<SkillLedger>().CatchUpAsync();
        Assert.That(await from.ScalarAsync<long>("SELECT COUNT(*) FROM skill_evidence"), Is.Positive);
    }

    private async Task<byte[]> ExportAsync()
    {
        using var file = new MemoryStream();
        await from.Get<DatabaseCopy>().WriteAsync(file, [new JsonObject { ["id"] = "key-1", ["xml"] = "<key/>", ["created_at"] = 1 }]);
        return file.ToArray();
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(CrowdDriver crowd, string table) =>
        [.. (await crowd.QueryAsync<object>($"SELECT * FROM {table}"))
            .Select(row => string.Join('|', ((IDictionary<string, object?>)row).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={(c.Value is byte[] bytes ? Convert.ToHexString(bytes) : c.Value)}")))
            .Order(StringComparer.Ordinal)];
}
