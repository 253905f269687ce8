using Crowd4Care.Classification;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Server.Tests.Commands;

public sealed class TrainCommandTests
{
    [Test]
    public async Task A_server_learns_from_corrections_without_a_restart()
    {
        await using var installation = new Installation();
        await using var server = await installation.ServeAsync();
        var staff = server.Api(await installation.AddKeyAsync(Role.Agent, "Olga"));
        var ids = await staff.PushAsync([.. Enumerable.Range(0, 180).Select(n => Some.Post(text: $"{(n < 90 ? "" : "Well. ")}{Openings[n % 9]} glimmerbox {Endings[n / 9 % 10]}"))]);
        foreach (var id in ids)
        {
            await staff.RoutedAsync(id);
            Assert.That((await staff.PostAsync($"mentions/{id}/corrections", new { head = "topic", label = "cancellation" })).Status, Is.EqualTo(System.Net.HttpStatusCode.NoContent));
        }

        var train = await installation.RunAsync("train", "--corrections");

        Assert.That(train.ExitCode, Is.Zero, train.Errors);
        Assert.That(train.Output, Does.Contain("Held-out corrections").And.Contain("cancellation:").And.Contain("Better: right on"), train.Output);
        Assert.That(train.Output, Does.Contain("It is live now"));
        var version = (await (await installation.ServicesAsync()).GetRequiredService<ModelStore>().ListAsync())[0].Version;
        await Poll.UntilAsync(
            async _ =>
            {
                var id = (await staff.PushAsync(Some.Post(text: "I write about a glimmerbox"))).Single();
                await staff.RoutedAsync(id);
                return (string?)(await staff.MentionAsync(id))["score"]!["modelVersion"];
            },
            seen => seen == version, "a score of the new model");
    }

    [Test]
    public async Task Without_corrections_there_is_nothing_to_do()
    {
        await using var installation = new Installation();
        Assert.That((await installation.RunAsync("train", "--corrections")).ExitCode, Is.EqualTo(1), "there is no database");
        await installation.RunAsync("migrate");
        var train = await installation.RunAsync("train", "--corrections");
        Assert.That(train.ExitCode, Is.Zero, train.Errors);
        Assert.That(train.Output, Does.StartWith("There is nothing to learn"));
    }

    [TestCase("train", "--corrections", "--out", "x.model")]
    [TestCase("train", "--task", "mood")]
    [TestCase("train")]
    public async Task Other_ways_to_train_need_a_file(params string[] arguments)
    {
        await using var installation = new Installation();
        var train = await installation.RunAsync(arguments);
        Assert.That(train.ExitCode, Is.EqualTo(2), train.Output);
        Assert.That(train.Errors, Does.Contain("--out FILE"));
    }

    private static readonly string[] Openings =
        ["My", "Why is the", "Please look at my", "Hello, the", "It is about a", "About this", "Again the", "I have a", "Where goes the"];

    private static readonly string[] Endings = ["", "again", "please", "since Monday", "now", "today", "thing", "as always", "like this", "or so"];
}
