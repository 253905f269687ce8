using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Bluesky;

/// <summary>Listening for keywords needs no account: what a newcomer does first.</summary>
public sealed class KeywordTests
{
    private const string Did = "did:plc:zoezoezoezoezoezoezoezo2";

    private Installation installation = null!;
    private JetstreamServer jetstream = null!;
    private string key = "";

    [SetUp]
    public async Task ConnectAsync()
    {
        installation = new Installation();
        jetstream = await JetstreamServer.StartAsync();
        await installation.AddBlueskyAsync(new { jetstream = jetstream.Address, keywords = new[] { "bluelamp" } });
        key = await installation.AddKeyAsync(Role.Agent, "Olga");
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        await installation.DisposeAsync();
        await jetstream.DisposeAsync();
    }

    [Test]
    public async Task A_post_with_the_word_becomes_a_mention_and_others_do_not()
    {
        await using var server = await installation.ServeAsync();
        var listener = await jetstream.ListenerAsync();

        await listener.SendAsync(
            jetstream.Post(Did, "3maaaaaaaaa2a", "I like lamps in every colour but blue"),
            jetstream.Post(Did, "3maaaaaaaaa2b", "My BlueLamp is so pretty, thank you!"));

        var mention = await server.Api(key).InFeedAsync($"at://{Did}/app.bsky.feed.post/3maaaaaaaaa2b");
        Assert.That((string?)mention["sentiment"], Is.EqualTo("positive"));
        Assert.That((string?)mention["url"], Does.StartWith("https://bsky.app/profile/"));
        Assert.That(await installation.ExportAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_post_that_is_deleted_on_the_network_is_purged_here()
    {
        await using var server = await installation.ServeAsync();
        var listener = await jetstream.ListenerAsync();
        await listener.SendAsync(jetstream.Post(Did, "3maaaaaaaaa2c", "My secret bluelamp password is 1234"));
        var api = server.Api(key);
        var id = (Guid)(await api.InFeedAsync($"at://{Did}/app.bsky.feed.post/3maaaaaaaaa2c"))["id"]!;

        await listener.SendAsync(jetstream.Deletion(Did, "3maaaaaaaaa2c"));

        await api.MentionAsync(id, "deleted");
        Assert.That((await api.GetAsync($"mentions/{id}")).Text, Does.Not.Contain("secret"));
    }

    [Test]
    public async Task After_a_restart_it_goes_on_where_it_was()
    {
        await using (var server = await installation.ServeAsync())
        {
            var listener = await jetstream.ListenerAsync();
            Assert.That(listener.Cursor, Is.Null);
            await listener.SendAsync(jetstream.Post(Did, "3maaaaaaaaa2d", "One bluelamp"));
            await server.Api(key).InFeedAsync($"at://{Did}/app.bsky.feed.post/3maaaaaaaaa2d");
        }

        await using (var server = await installation.ServeAsync())
        {
            var again = await jetstream.ListenerAsync();
            Assert.That(again.Cursor, Is.Not.Null);
            await again.SendAsync(jetstream.Post(Did, "3maaaaaaaaa2d", "One bluelamp"), jetstream.Post(Did, "3maaaaaaaaa2e", "Another bluelamp"));
            await server.Api(key).InFeedAsync($"at://{Did}/app.bsky.feed.post/3maaaaaaaaa2e");
        }

        Assert.That(await installation.ExportAsync(), Has.Count.EqualTo(2));
    }
}
