using System.Text.Json.Nodes;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Bluesky;

/// <summary>A reply stands on the network once, also when the program dies after the network took it and before it could note that.</summary>
public sealed class ExactlyOnceTests
{
    private readonly Installation installation = new();
    private AtProtoUser brand = null!;
    private AtProtoUser customer = null!;
    private CuttingProxy proxy = null!;
    private string key = "";

    [OneTimeSetUp]
    public async Task ConnectAsync()
    {
        var network = AtProtoNetwork.Required();
        (brand, var password) = await network.NewAccountAsync("brand");
        (customer, _) = await network.NewAccountAsync("cust");
        proxy = await CuttingProxy.StartAsync(network.Pds);
        // A dead sender is replaced after seconds, so that the test does not take minutes.
        installation.Settings["Engagement:SenderSeconds"] = "4";
        await installation.AddBlueskyAsync(new { service = proxy.Address, handle = brand.Handle }, password);
        key = await installation.AddKeyAsync(Role.Advocate, "Ines", skills: [new("lang:en", 1), new("topic:technical", 1)]);
    }

    [OneTimeTearDown]
    public async Task RemoveAsync()
    {
        await installation.DisposeAsync();
        if (proxy is not null)
            await proxy.DisposeAsync();
    }

    [Test]
    public async Task When_the_server_is_killed_between_sending_and_recording([Range(1, 3)] int time)
    {
        var post = await customer.PostAsync($"@{brand.Handle} hello, do you ship the lamp to country number {time}?");
        Guid id;
        await using (var server = await installation.ServeAsync())
        {
            var advocate = server.Api(key);
            id = (Guid)(await advocate.InFeedAsync(post))["id"]!;
            var fence = await advocate.ClaimAsync(id);
            var killed = new TaskCompletionSource();
            proxy.CutNext(async () =>
            {
                await server.Process.KillAsync();
                killed.SetResult();
            });
            await SubmitAsync(advocate, id, fence);
            await killed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        // The network has it, the program does not know.
        await RepliesAsync(post, 1);
        Assert.That((await installation.ExportAsync()).Single(m => (Guid)m["id"]! == id)["status"]!.GetValue<string>(), Is.EqualTo("claimed"));

        await using (var server = await installation.ServeAsync())
        {
            var mention = await server.Api(key).MentionAsync(id, "answered");
            var reply = mention["replies"]!.AsArray().Single()!;
            Assert.That(((string?)reply["state"], (int)reply["attempts"]!), Is.EqualTo(("posted", 2)));
            Assert.That((string?)reply["externalId"], Is.EqualTo((string?)(await RepliesAsync(post, 1)).Single()["uri"]));
            Assert.That(mention["history"]!.AsArray().Count(h => (string?)h!["kind"] == "reply.posted"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task When_only_the_answer_is_lost()
    {
        var post = await customer.PostAsync($"@{brand.Handle} hello, is the lamp a good present?");
        await using var server = await installation.ServeAsync();
        var advocate = server.Api(key);
        var id = (Guid)(await advocate.InFeedAsync(post))["id"]!;
        var fence = await advocate.ClaimAsync(id);
        proxy.CutNext(() => Task.CompletedTask);

        await SubmitAsync(advocate, id, fence);

        await advocate.MentionAsync(id, "answered");
        await RepliesAsync(post, 1);
    }

    // The server may die before it can say that it has taken the reply.
    private static async Task SubmitAsync(ApiClient advocate, Guid id, long fence)
    {
        try
        {
            await advocate.PostAsync($"mentions/{id}/reply", new { fence, text = "Yes, we do." });
        }
        catch (HttpRequestException)
        {
        }
    }

    private async Task<IReadOnlyList<JsonNode>> RepliesAsync(string post, int expected)
    {
        var thread = await customer.ThreadAsync(post, seen => AtProtoUser.PostsIn(seen).Count() > expected);
        var replies = AtProtoUser.PostsIn(thread).Skip(1).ToList();
        Assert.That(replies.Select(r => (string?)r["author"]!["did"]), Is.EqualTo(Enumerable.Repeat(brand.Did, expected)));
        return replies;
    }
}
