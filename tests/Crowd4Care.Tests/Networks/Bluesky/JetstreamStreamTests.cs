using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Crowd4Care.Contracts;
using Crowd4Care.Networks;
using Microsoft.AspNetCore.Http;

namespace Crowd4Care.Tests.Networks.Bluesky;

public sealed class JetstreamStreamTests
{
    private const long Start = 1_783_175_888_000_000;
    private const string Customer = "did:plc:customer";
    private const string Brand = "did:plc:brand";

    private LoopbackBluesky server = null!;
    private BlueskyDriver driver = null!;

    [SetUp]
    public async Task StartAsync()
    {
        server = await LoopbackBluesky.StartAsync();
        server.On("app.bsky.actor.getProfiles", context => context.Response.WriteAsJsonAsync(new
        {
            profiles = context.Request.Query["actors"].Select(did => new
            {
                did,
                handle = did!.Split(':')[^1] + ".test",
                displayName = "A Person",
                followersCount = 42,
                verification = new { verifiedStatus = "valid" },
                labels = new[] { new { src = did, val = "bot" } },
            }),
        }));
        server.On("com.atproto.identity.resolveHandle", new { did = Brand });
        driver = new BlueskyDriver(server.Http, server.Jetstream, ("IdleTimeout", "00:00:05"), ("MaxFrameBytes", "65536"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        driver.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task A_post_with_a_keyword_arrives_with_its_author()
    {
        await using var stream = Listen(["acme"]);
        var jetstream = await server.ListenerAsync();
        Assert.That(jetstream.Asked("wantedCollections"), Is.EqualTo("app.bsky.feed.post"));
        Assert.That(jetstream.Asked("cursor"), Is.Null);
        await jetstream.SendAsync(
            Frames.Post(Customer, "3kaaaaaaaaaaa", "nothing to do with it", Start),
            Frames.Post(Customer, "3kbbbbbbbbbbb", "My Acme box <broke>", Start + 1));
        await stream.UntilAsync(s => s.Posts.Count == 1, "one post");

        var post = stream.Posts[0];
        Assert.Multiple(() =>
        {
            Assert.That(post.Network, Is.EqualTo("bluesky"));
            Assert.That(post.ExternalId, Is.EqualTo($"at://{Customer}/app.bsky.feed.post/3kbbbbbbbbbbb"));
            Assert.That(post.ContentId, Is.EqualTo("bafy3kbbbbbbbbbbb"));
            Assert.That(post.Url, Is.EqualTo("https://bsky.app/profile/customer.test/post/3kbbbbbbbbbbb"));
            Assert.That(post.Author, Is.EqualTo(new PostAuthor(Customer, "customer.test", "A Person", 42, IsVerified: true, IsBot: true)));
            Assert.That(post.Text, Is.EqualTo("My Acme box <broke>"));
            Assert.That(post.CreatedAt, Is.EqualTo(new DateTimeOffset(2026, 7, 4, 14, 38, 7, 112, TimeSpan.Zero)));
            Assert.That(post.Languages, Is.EqualTo(new[] { "en" }));
            Assert.That(post.Relation, Is.EqualTo(PostRelation.Keyword));
            Assert.That(post.IsRepost, Is.False);
        });
        Assert.That(stream.Cursor, Is.EqualTo($"{Start + 1}"));
    }

    [Test]
    public async Task A_tag_that_stands_beside_the_text_counts()
    {
        await using var stream = Listen(["#acme"]);
        var jetstream = await server.ListenerAsync();
        await jetstream.SendAsync(Frames.Post(Customer, "3kaaaaaaaaaaa", "look", Start, r => r["tags"] = new JsonArray("Acme")));
        await stream.UntilAsync(s => s.Posts.Count == 1, "one post");
    }

    [Test]
    public async Task An_author_who_can_not_be_looked_up_does_not_hold_up_the_post()
    {
        server.On("app.bsky.actor.getProfiles", new { error = "InternalServerError" }, 500);
        await using var stream = Listen(["acme"]);
        await (await server.ListenerAsync()).SendAsync(Frames.Post(Customer, "3kaaaaaaaaaaa", "acme", Start));
        await stream.UntilAsync(s => s.Posts.Count == 1, "one post");
        Assert.That(stream.Posts[0].Author, Is.EqualTo(new PostAuthor(Customer, Customer)));
    }

    [Test]
    public async Task The_brands_own_posts_are_left_out_and_its_account_is_recognised()
    {
        await using var stream = Listen(["acme"], "brand.test");
        var jetstream = await server.ListenerAsync();
        await jetstream.SendAsync(
            Frames.Post(Brand, "3kaaaaaaaaaaa", "acme says", Start),
            Frames.Post(Customer, "3kbbbbbbbbbbb", "hey you", Start + 1, r => r["facets"] = new JsonArray(Mention(Brand))),
            Frames.Post(Customer, "3kccccccccccc", "no, not so", Start + 2, r => r["reply"] = Reply($"at://{Brand}/app.bsky.feed.post/3k1", "at://did:plc:x/app.bsky.feed.post/3k0")),
            Frames.Post(Customer, "3kddddddddddd", "", Start + 3, r => r["embed"] = Quote($"at://{Brand}/app.bsky.feed.post/3k1")),
            Frames.Post(Customer, "3keeeeeeeeeee", $"only the text {Brand}", Start + 4));
        await stream.UntilAsync(s => s.Posts.Count == 3, "three posts");
        Assert.That(
            stream.Posts.Select(p => p.Relation), Is.EqualTo(new[] { PostRelation.Mention, PostRelation.Reply, PostRelation.Quote }));
        Assert.That(stream.Posts[1].InReplyTo, Is.EqualTo($"at://{Brand}/app.bsky.feed.post/3k1"));
        Assert.That(stream.Posts[1].RootId, Is.EqualTo("at://did:plc:x/app.bsky.feed.post/3k0"));
        Assert.That(stream.Posts[1].RootContentId, Is.EqualTo("bafyroot"));
        Assert.That(stream.Posts[2].IsRepost, Is.True);
        Assert.That(stream.Posts.All(p => p.BrandHandle == "brand.test"), Is.True);
    }

    [Test]
    public async Task A_restart_resumes_a_few_seconds_before_the_cursor()
    {
        await using var stream = Listen(["acme"], cursor: $"{Start}");
        var jetstream = await server.ListenerAsync();
        Assert.That(jetstream.Asked("cursor"), Is.EqualTo($"{Start - 5_000_000}"));
    }

    [Test]
    public async Task A_broken_connection_is_resumed_from_where_it_was()
    {
        await using var stream = Listen(["acme"]);
        var first = await server.ListenerAsync();
        await first.SendAsync(Frames.Post(Customer, "3kaaaaaaaaaaa", "acme one", Start));
        await stream.UntilAsync(s => s.Posts.Count == 1, "the first post");
        first.Drop();

        var second = await server.ListenerAsync();
        Assert.That(second.Asked("cursor"), Is.EqualTo($"{Start - 5_000_000}"));
        await second.SendAsync(Frames.Post(Customer, "3kbbbbbbbbbbb", "acme two", Start + 9_000_000));
        await stream.UntilAsync(s => s.Posts.Count == 2, "the second post");
    }

    [Test]
    public async Task A_number_of_the_server_is_preferred_to_the_time()
    {
        await using var stream = Listen(["acme"]);
        var first = await server.ListenerAsync();
        await first.SendAsync(Frames.Post(Customer, "3kaaaaaaaaaaa", "acme one", Start, cursor: 100_000));
        await stream.UntilAsync(s => s.Posts.Count == 1, "the first post");
        first.Drop();
        Assert.That((await server.ListenerAsync()).Asked("cursor"), Is.EqualTo("99500"));
    }

    [Test]
    public async Task A_silent_server_is_left()
    {
        using var impatient = new BlueskyDriver(server.Http, server.Jetstream, ("IdleTimeout", "00:00:00.3"));
        await using var stream = new StreamListener(impatient.Stream("jetstream", BlueskyDriver.Channel(new { keywords = new[] { "acme" } })));
        await server.ListenerAsync();
        await server.ListenerAsync();
    }

    [Test]
    public async Task The_next_server_is_tried_when_one_is_down()
    {
        using var other = new BlueskyDriver(server.Http, "ws://127.0.0.1:9/subscribe", ("Jetstreams:1", server.Jetstream));
        await using var stream = new StreamListener(other.Stream("jetstream", BlueskyDriver.Channel(new { keywords = new[] { "acme" } })));
        await server.ListenerAsync();
    }

    [Test]
    public async Task A_server_that_is_down_is_told_until_another_is_there()
    {
        using var other = new BlueskyDriver(server.Http, "ws://127.0.0.1:9/subscribe", ("BackOffFirst", "00:00:02"), ("Jetstreams:1", server.Jetstream));
        await using var stream = new StreamListener(other.Stream("jetstream", BlueskyDriver.Channel(new { keywords = new[] { "acme" } })));
        await stream.UntilAsync(s => s.Batches.Any(b => b.Trouble is { Kind: TroubleKind.Unreachable } trouble && trouble.Message.StartsWith("127.0.0.1:9: ", StringComparison.Ordinal)), "the trouble");
        var jetstream = await server.ListenerAsync();
        await jetstream.SendAsync(Frames.Post(Customer, "3kaaaaaaaaaaa", "nothing to do with it", Start));
        await stream.UntilAsync(s => s.Batches[^1] is { Trouble: null, Position: not null }, "the end of the trouble, with a position");
    }

    [Test]
    public async Task Frames_that_make_no_sense_are_skipped()
    {
        await using var stream = Listen(["acme"]);
        var jetstream = await server.ListenerAsync();
        await jetstream.SendAsync(
            "", "null", "[1,2", "{\"time_us\":\"soon\"}", "{\"kind\":\"commit\",\"commit\":17,\"time_us\":1}", "acme",
            Frames.Post(Customer, "3kaaaaaaaaaaa", "acme " + new string('x', 70_000), Start),
            Frames.Post(Customer, "3kbbbbbbbbbbb", "acme", Start, r => r["langs"] = "en"),
            Frames.Post(Customer, "3kccccccccccc", "acme", Start).Replace("\"acme\"", "\"acme \\ud800\"", StringComparison.Ordinal),
            Frames.Post(Customer, "3kddddddddddd", "acme", Start, r => r["text"] = 5),
            Frames.Identity(Customer, Start), "{\"did\":\"did:plc:x\",\"time_us\":1783175888000001,\"kind\":\"news\",\"news\":{\"a\":[1]}}");
        await jetstream.SendBytesAsync([0xFF, 0xFE, 0x00], WebSocketMessageType.Binary);
        await jetstream.SendAsync(Frames.Post(Customer, "3keeeeeeeeeee", "acme is fine", Start + 1));
        await stream.UntilAsync(s => s.Posts.Count == 1, "the one good post");
        Assert.That(stream.Posts[0].Text, Is.EqualTo("acme is fine"));
    }

    [Test]
    public async Task Deletions_are_passed_on()
    {
        await using var stream = Listen(["acme"]);
        var jetstream = await server.ListenerAsync();
        await jetstream.SendAsync(
            Frames.Delete(Customer, "3kaaaaaaaaaaa", Start),
            Frames.Account("did:plc:left", "deleted", Start + 1),
            Frames.Account("did:plc:banned", "takendown", Start + 2),
            Frames.Account("did:plc:pausing", "deactivated", Start + 3));
        await stream.UntilAsync(s => s.Deleted.Count == 1 && s.DeletedAuthors.Count == 2, "a post and two authors");
        Assert.That(stream.Deleted[0], Is.EqualTo($"at://{Customer}/app.bsky.feed.post/3kaaaaaaaaaaa"));
        Assert.That(stream.DeletedAuthors, Is.EquivalentTo(new[] { "did:plc:left", "did:plc:banned" }));
    }

    [Test]
    public async Task The_position_moves_on_although_nothing_matches()
    {
        await using var stream = Listen(["acme"]);
        var jetstream = await server.ListenerAsync();
        await jetstream.SendAsync(Frames.Post(Customer, "3kaaaaaaaaaaa", "else", Start));
        await stream.UntilAsync(s => s.Cursor == $"{Start}", "a cursor without posts");
        Assert.That(stream.Posts, Is.Empty);
        Assert.That(stream.Batches.Count(b => b.Cursor is not null), Is.EqualTo(1), "it is saved once, not with every batch");
    }

    [Test]
    public async Task A_burst_arrives_complete_and_in_order()
    {
        await using var stream = Listen(["acme"]);
        var jetstream = await server.ListenerAsync();
        var frames = Enumerable.Range(0, 5000).Select(i =>
            i % 2 == 0 ? Frames.Post(Customer, $"3k{i:D11}", $"acme {i}", Start + i) : Frames.Delete(Customer, $"3k{i:D11}", Start + i));
        await jetstream.SendAsync([.. frames]);
        await stream.UntilAsync(s => s.Posts.Count + s.Deleted.Count == 5000, "everything");
        Assert.That(stream.Posts.Select(p => p.ExternalId), Is.Ordered);
    }

    [Test]
    public async Task Checking_a_channel_of_keywords_connects_for_a_moment()
    {
        var works = await driver.Network.CheckAsync(BlueskyDriver.Channel(new { keywords = new[] { "acme" } }), CancellationToken.None);
        Assert.That(works.Works, Is.True, works.Message);
        var broken = await driver.Network.CheckAsync(
            BlueskyDriver.Channel(new { keywords = new[] { "acme" }, jetstream = "ws://127.0.0.1:9/" }), CancellationToken.None);
        Assert.That(broken.Works, Is.False);
        Assert.That(broken.Message, Does.Contain("127.0.0.1:9"));
    }

    [Test]
    public void An_address_that_is_none_must_be_mended_by_a_person() =>
        Assert.That(
            () => driver.Network.Streams(BlueskyDriver.Channel(new { keywords = new[] { "acme" }, jetstream = "http://x" })),
            Throws.TypeOf<NetworkException>().With.Message.Contains("jetstream"));

    private StreamListener Listen(string[] keywords, string? handle = null, string? cursor = null) =>
        new(driver.Stream("jetstream", BlueskyDriver.Channel(new { keywords, handle })), cursor);

    private static JsonObject Mention(string did) => new()
    {
        ["index"] = new JsonObject { ["byteStart"] = 0, ["byteEnd"] = 3 },
        ["features"] = new JsonArray(new JsonObject { ["$type"] = "app.bsky.richtext.facet#mention", ["did"] = did }),
    };

    private static JsonObject Reply(string parent, string root) => new()
    {
        ["root"] = new JsonObject { ["uri"] = root, ["cid"] = "bafyroot" },
        ["parent"] = new JsonObject { ["uri"] = parent, ["cid"] = "bafyparent" },
    };

    private static JsonObject Quote(string uri) => new()
    {
        ["$type"] = "app.bsky.embed.record",
        ["record"] = new JsonObject { ["uri"] = uri, ["cid"] = "bafyquoted" },
    };
}
