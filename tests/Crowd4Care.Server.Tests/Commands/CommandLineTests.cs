using System.Text.Json.Nodes;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Commands;

public sealed class CommandLineTests
{
    private Installation installation = null!;

    [SetUp]
    public void Install() => installation = new Installation();

    [TearDown]
    public async Task RemoveAsync() => await installation.DisposeAsync();

    [TestCase("bogus")]
    [TestCase("export")]
    [TestCase("export", "people")]
    [TestCase("ingest")]
    [TestCase("backtest")]
    [TestCase("classify")]
    [TestCase("classify", "nosuch.txt")]
    [TestCase("serve", "--color")]
    [TestCase("serve", "--roles", "router")]
    [TestCase("serve", "--roles", "web,route")]
    [TestCase("key", "add")]
    [TestCase("user", "add", "zoe")]
    [TestCase("simulate", "--seeds", "0")]
    [TestCase("simulate", "--advocates", "many")]
    [TestCase("simulate", "--arrivals", "nosuch.jsonl")]
    public async Task Wrong_usage_is_exit_status_2_and_one_line(params string[] arguments)
    {
        var result = await CrowdProcess.RunAsync(new CrowdCommand(arguments) { Directory = installation.Folder });

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Output);
        Assert.That(result.ErrorLines, Has.Count.EqualTo(1), result.Errors);
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    public async Task Simulated_days_are_told_in_one_line_of_json_and_in_files()
    {
        var result = await CrowdProcess.RunAsync(new CrowdCommand(
            "simulate", "--advocates", "20", "--mentions", "50", "--seeds", "2", "--json", "--csv", "days.csv", "--svg", "days.svg") { Directory = installation.Folder });

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output.TrimEnd(), Does.Not.Contain("\n"));
        Assert.That(JsonNode.Parse(result.Output)!["policies"]!.AsArray(), Has.Count.EqualTo(5));
        Assert.That(await File.ReadAllLinesAsync(Path.Combine(installation.Folder, "days.csv")), Has.Length.EqualTo(11));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(installation.Folder, "days.svg")), Does.StartWith("<svg"));
    }

    [Test]
    public async Task An_unknown_word_is_named()
    {
        var result = await CrowdProcess.RunAsync(new CrowdCommand("bogus"));

        Assert.That(result.Errors, Does.Contain("'bogus'"));
    }

    [Test]
    public async Task An_unknown_role_is_named_with_the_known_ones()
    {
        var result = await installation.RunAsync("serve", "--roles", "web,router");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Errors, Does.Contain("\"router\"").And.Contain("web, ingest, classify, route, reply"));
    }

    [Test]
    public async Task Some_roles_need_a_bus_between_processes()
    {
        installation.Settings["Roles"] = "route";

        var result = await installation.RunAsync("serve");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.ErrorLines, Has.Count.EqualTo(1), result.Errors);
        Assert.That(result.Errors, Does.Contain("\"route\"").And.Contain("Bus:Transport").And.Contain("rabbitmq"));
    }

    [Test]
    public async Task A_process_without_the_web_tells_its_health_and_nothing_else()
    {
        // The broker need not be there.
        installation.Settings["Bus:Transport"] = "rabbitmq";
        installation.Settings["Bus:Url"] = "amqp://guest:guest@127.0.0.1:9/";
        await using var server = await installation.ServeAsync("--roles", "route");
        using var http = new HttpClient { BaseAddress = server.Address };

        Assert.That((await http.GetAsync("/health/live")).IsSuccessStatusCode, Is.True);
        Assert.That((await http.GetAsync("/sign-in")).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.NotFound));
        Assert.That((await http.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_broker_without_an_address_is_named_at_the_start()
    {
        installation.Settings["Bus:Transport"] = "rabbitmq";

        var result = await installation.RunAsync("serve", "--urls", "http://127.0.0.1:0");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("Bus:Url").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Help_lists_the_commands()
    {
        var result = await CrowdProcess.RunAsync(new CrowdCommand("--help"));

        Assert.That(result.ExitCode, Is.Zero);
        foreach (var command in new[] { "serve", "ingest", "export", "classify", "train", "evaluate", "predict", "user", "key", "points", "skills", "migrate", "backtest" })
            Assert.That(result.Output, Does.Contain($"  {command}"));
    }

    [Test]
    public async Task A_second_server_on_the_same_data_is_refused()
    {
        await using var first = await installation.ServeAsync();

        var second = await installation.RunAsync("serve", "--urls", "http://127.0.0.1:0");

        Assert.That(second.ExitCode, Is.EqualTo(1));
        Assert.That(second.ErrorLines, Has.Count.EqualTo(1), second.Errors);
        Assert.That(second.Errors, Does.Contain(installation.Data));
    }

    [Test]
    public async Task A_taken_port_is_an_error_in_one_line()
    {
        await using var first = await installation.ServeAsync();
        await using var other = new Installation();

        var second = await other.RunAsync("serve", "--urls", first.Address.ToString());

        Assert.That(second.ExitCode, Is.EqualTo(1));
        Assert.That(second.ErrorLines.Count(l => l.Contains("address already in use", StringComparison.OrdinalIgnoreCase)), Is.EqualTo(1), second.Errors);
        Assert.That(second.Errors, Does.Not.Contain("   at "));
    }

    [Test]
    public async Task A_wrong_setting_is_named_at_the_start()
    {
        installation.Settings["Engagement:ClaimMinutes"] = "-1";

        var result = await installation.RunAsync("serve", "--urls", "http://127.0.0.1:0");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("ClaimMinutes").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Migrate_brings_the_database_up_to_date_once()
    {
        var first = await installation.RunAsync("migrate");
        var second = await installation.RunAsync("migrate");

        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)));
        Assert.That(first.Output, Does.StartWith("Applied 0001"));
        Assert.That(second.Output, Is.EqualTo("Up to date."));
    }

    [Test]
    public async Task Classify_prints_a_score_for_each_line_of_text()
    {
        installation.Write("texts.txt", "I am furious, this is the worst service ever!\n\n¿Cuándo llega mi pedido?\n");

        var result = await CrowdProcess.RunAsync(new CrowdCommand("classify", "texts.txt", "--json") { Directory = installation.Folder });

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        var scores = result.Output.Split('\n').Select(l => JsonNode.Parse(l)!).ToList();
        Assert.That(scores, Has.Count.EqualTo(3));
        Assert.That((string?)scores[0]["text"], Is.EqualTo("I am furious, this is the worst service ever!"));
        Assert.That((string?)scores[0]["modelVersion"], Is.Not.Empty);
        Assert.That(LabelOf(scores[0], "sentiment"), Is.EqualTo("negative"));
        Assert.That(LabelOf(scores[2], "language"), Is.EqualTo("es"));
        var anger = HeadOf(scores[0], "anger");
        Assert.That((double)anger["probability"]!, Is.InRange(0, 1));
        Assert.That(anger["causes"]!.AsArray(), Is.Not.Empty);
    }

    [Test]
    public async Task Classify_reads_standard_input_and_prints_words_for_people()
    {
        var result = await CrowdProcess.RunAsync(new CrowdCommand("classify", "-") { Input = "Thank you so much!\n" });

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("sentiment=positive").And.EndsWith("\tThank you so much!"));
    }

    private static string? LabelOf(JsonNode score, string head) => (string?)HeadOf(score, head)["label"];

    private static JsonNode HeadOf(JsonNode score, string head) => score["heads"]!.AsArray().Single(h => (string?)h!["head"] == head)!;
}
