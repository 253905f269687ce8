using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Commands;

public sealed class IngestCommandTests
{
    private static readonly string[] SummaryParts = ["accepted", "duplicates", "rejected", "routed", "seconds"];

    private Installation installation = null!;

    [SetUp]
    public void Install() => installation = new Installation();

    [TearDown]
    public async Task RemoveAsync() => await installation.DisposeAsync();

    [Test]
    public async Task Every_mention_of_a_file_is_stored_and_routed_and_counted()
    {
        var summary = await installation.IngestAsync(installation.Write("mentions.jsonl", Some.Posts(40, seed: 1)));

        Assert.That(summary.AsObject().Select(p => p.Key), Is.EqualTo(SummaryParts));
        Assert.That(Counts(summary), Is.EqualTo((40, 0, 0, 40)));
        Assert.That((double)summary["seconds"]!, Is.GreaterThan(0));
        var statuses = (await installation.ExportAsync()).Select(m => (string)m["status"]!).ToList();
        Assert.That(statuses, Has.Count.EqualTo(40));
        Assert.That(statuses.Distinct(), Is.SubsetOf(new[] { "open", "escalated", "ignored" }));
    }

    [Test]
    public async Task The_same_file_again_adds_nothing()
    {
        var file = installation.Write("mentions.jsonl", Some.Posts(40, seed: 2));
        await installation.IngestAsync(file);
        var before = await ExportedAsync();

        var again = await installation.IngestAsync(file);

        Assert.That(Counts(again), Is.EqualTo((0, 40, 0, 0)));
        Assert.That(await ExportedAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Without_json_the_summary_is_a_sentence()
    {
        var result = await installation.RunAsync("ingest", installation.Write("mentions.jsonl", Some.Posts(3, seed: 3)));

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.StartWith("3 accepted, 0 duplicates, 0 rejected, 3 routed in "));
    }

    [Test]
    public async Task A_post_that_stands_twice_in_a_file_is_stored_once()
    {
        var line = JsonSerializer.Serialize(Some.Post());

        var summary = await installation.IngestAsync(installation.Write("mentions.jsonl", $"{line}\n{line}\n"));

        Assert.That(Counts(summary), Is.EqualTo((1, 1, 0, 1)));
    }

    [Test]
    public async Task A_gzipped_file_is_read_as_it_is()
    {
        var path = Path.Combine(installation.Folder, "mentions.jsonl.gz");
        await using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Some.Posts(5, seed: 4)));

        Assert.That(Counts(await installation.IngestAsync(path)), Is.EqualTo((5, 0, 0, 5)));
    }

    [Test]
    public async Task Csv_with_a_header_is_read_too()
    {
        var file = installation.Write("mentions.csv", """
            id,network,author,text,followers,created_at
            1,example,zoe,"Hello, do you ship
            the lamp to Ireland?",12,2026-01-31T12:34:56Z
            2,example,amir,Thank you,,
            """);

        Assert.That(Counts(await installation.IngestAsync(file)), Is.EqualTo((2, 0, 0, 2)));
        var first = (await installation.ExportAsync()).Single(m => (string)m["externalId"]! == "1");
        Assert.That((string?)first["text"], Is.EqualTo("Hello, do you ship\nthe lamp to Ireland?"));
        Assert.That((int?)first["author"]!["followers"], Is.EqualTo(12));
    }

    [Test]
    public async Task Csv_without_a_needed_column_says_which()
    {
        var result = await installation.RunAsync("ingest", installation.Write("mentions.csv", "id,network,author\n1,example,zoe\n"));

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.ErrorLines, Has.Count.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("line 1").And.Contain("lacks text"));
    }

    [Test]
    public async Task Standard_input_is_a_file_named_dash()
    {
        var result = await CrowdProcess.RunAsync(installation.OnData("ingest", "-", "--json") with { Input = Some.Posts(3, seed: 5) });

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(Counts(JsonNode.Parse(result.Output)!), Is.EqualTo((3, 0, 0, 3)));
    }

    [Test]
    public async Task Bad_lines_are_reported_with_their_numbers_and_the_rest_is_taken()
    {
        var good = JsonSerializer.Serialize(Some.Post());
        var half = """{"id":"s","network":"example","author":"zoe","text":"\ud83d"}""";
        var file = installation.Write("mentions.jsonl", $$"""
            {{good}}
            {"id": "1", "network"
            {"id":"2","network":"Example Net","author":"zoe","text":7,"created_at":"yesterday"}
            [1,2]

            {{half}}
            {{JsonSerializer.Serialize(Some.Post())}}
            """);

        var result = await installation.RunAsync("ingest", file, "--json");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(Counts(JsonNode.Parse(result.Output)!), Is.EqualTo((2, 0, 4, 2)));
        Assert.That(result.ErrorLines.Select(l => l.Split(':')[0]), Is.EqualTo(["line 2", "line 3", "line 4", "line 6"]));
        Assert.That(result.ErrorLines[1], Does.Contain("network: \"Example Net\"").And.Contain("created_at: \"yesterday\""));
    }

    [Test]
    public async Task Monstrous_texts_are_refused_or_stored_and_nothing_else_is_lost()
    {
        var emoji = string.Concat(Enumerable.Repeat("😀", 10_000));
        await File.WriteAllBytesAsync(Path.Combine(installation.Folder, "mentions.jsonl"),
        [
            .. Line(Some.Post(text: new string('x', 1024 * 1024))),
            .. Line(Some.Post("emoji", emoji)),
            .. Line(Some.Post("control", "a\u0000b\u0007c\u001b[31m")),
            .. "{\"id\":\"bytes\",\"network\":\"example\",\"author\":\"zoe\",\"text\":\""u8, 0xC3, 0x28, .. "\"}\n"u8,
            .. Encoding.ASCII.GetBytes(new string('y', 3 * 1024 * 1024)), (byte)'\n',
            .. Line(Some.Post("last")),
        ]);

        var result = await installation.RunAsync("ingest", "mentions.jsonl", "--json");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(Counts(JsonNode.Parse(result.Output)!), Is.EqualTo((3, 0, 3, 3)), result.Errors);
        Assert.That(result.ErrorLines.Select(l => l.Split(':')[0]), Is.EqualTo(["line 1", "line 4", "line 5"]));
        var texts = (await installation.ExportAsync()).ToDictionary(m => (string)m["externalId"]!, m => (string)m["text"]!);
        Assert.That(texts.Keys, Is.EquivalentTo(["emoji", "control", "last"]));
        Assert.That(texts["emoji"], Is.EqualTo(emoji));
        Assert.That(texts["control"], Does.Not.Contain('\u001b').And.Not.Contain('\0'));

        static byte[] Line(object post) => [.. JsonSerializer.SerializeToUtf8Bytes(post), (byte)'\n'];
    }

    [Test]
    public async Task Only_the_first_bad_lines_are_shown_one_by_one()
    {
        var file = installation.Write("mentions.jsonl", string.Concat(Enumerable.Repeat("{}\n", 50)));

        var result = await installation.RunAsync("ingest", file, "--json");

        Assert.That((int?)JsonNode.Parse(result.Output)!["rejected"], Is.EqualTo(50));
        Assert.That(result.ErrorLines, Has.Count.EqualTo(21));
    }

    [Test]
    public async Task An_empty_file_is_no_mistake()
    {
        Assert.That(Counts(await installation.IngestAsync(installation.Write("empty.jsonl", ""))), Is.EqualTo((0, 0, 0, 0)));
    }

    [Test]
    public async Task A_broken_gzip_file_fails_in_one_line()
    {
        await File.WriteAllBytesAsync(Path.Combine(installation.Folder, "broken.gz"), [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

        var result = await installation.RunAsync("ingest", "broken.gz");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.ErrorLines, Has.Count.EqualTo(1), result.Errors);
    }

    [Test]
    public async Task A_missing_file_is_wrong_usage_that_names_it()
    {
        var result = await installation.RunAsync("ingest", "nosuch.jsonl");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.ErrorLines, Is.EqualTo(["nosuch.jsonl: there is no such file."]));
        Assert.That(result.Output, Is.Empty);
    }

    [TestCase("0")]
    [TestCase("-3")]
    [TestCase("fast")]
    public async Task A_wrong_rate_is_wrong_usage_that_names_it(string rate)
    {
        var result = await installation.RunAsync("ingest", installation.Write("mentions.jsonl", ""), "--rate", rate);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.ErrorLines, Has.Count.EqualTo(1));
        Assert.That(result.Errors, Does.Contain(rate));
    }

    [Test]
    public async Task With_a_rate_the_import_takes_its_time()
    {
        var summary = await installation.IngestAsync(installation.Write("mentions.jsonl", Some.Posts(20, seed: 6)), "--rate", "20");

        Assert.That((double)summary["seconds"]!, Is.GreaterThan(0.8));
    }

    [Test]
    public async Task Mentions_of_another_brand_are_kept_apart()
    {
        var result = await installation.RunAsync("ingest", installation.Write("mentions.jsonl", Some.Posts(3, seed: 7)), "--brand", "acme");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Errors, Does.Contain("The brand acme is new."));
        Assert.That((await installation.ExportAsync()).Select(m => (string?)m["brand"]), Is.All.EqualTo("acme"));
        Assert.That((await installation.RunAsync("export", "mentions", "--brand", "default")).Output, Is.Empty);
    }

    [Test]
    public async Task Relative_paths_are_meant_from_where_the_caller_stands()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(installation.Folder, "elsewhere")).FullName;
        installation.Write("elsewhere/mentions.jsonl", Some.Posts(2, seed: 8));

        var result = await CrowdProcess.RunAsync(new CrowdCommand("ingest", "mentions.jsonl", "--data", "here", "--json") { Directory = elsewhere });

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(Directory.GetFiles(Path.Combine(elsewhere, "here")), Is.Not.Empty);
        Assert.That(Directory.Exists(installation.Data), Is.False);
    }

    [Test]
    public async Task Beside_a_running_server_it_stores_and_the_server_routes()
    {
        await using var server = await installation.ServeAsync();
        var api = server.Api(await installation.AddKeyAsync(Role.Agent, "Olga"));

        var summary = await installation.IngestAsync(installation.Write("mentions.jsonl", Some.Posts(300, seed: 9)));

        Assert.That(Counts(summary), Is.EqualTo((300, 0, 0, 300)));
        var page = await api.GetAsync("mentions?limit=500");
        Assert.That(page["items"]!.AsArray(), Has.Count.EqualTo(300));
        Assert.That(page["items"]!.AsArray().Select(m => (string?)m!["status"]).Distinct(), Is.SubsetOf(new[] { "open", "escalated", "ignored" }));
    }

    [Test]
    public async Task Two_imports_at_once_store_everything_once()
    {
        var file = installation.Write("mentions.jsonl", Some.Posts(1500, seed: 10));

        var summaries = await Task.WhenAll(installation.IngestAsync(file), installation.IngestAsync(file));

        Assert.That(summaries.Sum(s => (int)s["accepted"]!), Is.EqualTo(1500));
        Assert.That(summaries.Sum(s => (int)s["duplicates"]!), Is.EqualTo(1500));
        Assert.That(await ExportedAsync(), Is.Unique.And.Count.EqualTo(1500));
    }

    private async Task<IReadOnlyList<string>> ExportedAsync() => [.. (await installation.ExportAsync()).Select(m => (string)m["externalId"]!)];

    private static (int Accepted, int Duplicates, int Rejected, int Routed) Counts(JsonNode summary) =>
        ((int)summary["accepted"]!, (int)summary["duplicates"]!, (int)summary["rejected"]!, (int)summary["routed"]!);
}
