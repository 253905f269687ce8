using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Crowd4Care.Contracts;
using Crowd4Care.Networks;

namespace Crowd4Care.Tests.Networks.Bluesky;

/// <summary>Against the network's own servers.</summary>
[NonParallelizable]
public sealed class BlueskyNetworkTests
{
    private RealBluesky bluesky = null!;
    private BlueskyDriver driver = null!;

    [SetUp]
    public void Start()
    {
        bluesky = RealBluesky.OrIgnore();
        driver = new BlueskyDriver(bluesky.Pds, options: ("PublicApi", bluesky.AppView));
    }

    [TearDown]
    public void Stop()
    {
        driver?.Dispose();
        bluesky?.Dispose();
    }

    [Test]
    public async Task Mentions_replies_and_quotes_of_the_account_arrive()
    {
        var asked = Some("what is wrong?");
        await using var stream = new StreamListener(driver.Stream("notifications", Channel));
        await stream.UntilAsync(s => s.Batches.Count > 0, "a first look");
        var mention = await bluesky.MentionAsync("customer", asked);
        await stream.UntilAsync(s => s.Posts.Any(p => p.Text.EndsWith(asked, StringComparison.Ordinal)), "the mention");

        var post = stream.Posts.Single(p => p.ExternalId == Uri(mention));
        Assert.Multiple(() =>
        {
            Assert.That(post.ContentId, Is.EqualTo(mention.GetProperty("cid").GetString()));
            Assert.That(post.Author.Id, Is.EqualTo(bluesky.AccountOf("customer").Did));
            Assert.That(post.Author.Handle, Is.EqualTo("customer.test"));
            Assert.That(post.Author.Name, Is.EqualTo("A Customer"));
            Assert.That(post.Author.Followers, Is.Not.Null);
            Assert.That(post.Relation, Is.EqualTo(PostRelation.Mention));
            Assert.That(post.BrandHandle, Is.EqualTo("brand.test"));
            Assert.That(post.Languages, Is.EqualTo(new[] { "en" }));
            Assert.That(post.InReplyTo, Is.Null);
            Assert.That(post.Url, Does.StartWith("https://bsky.app/profile/customer.test/post/"));
        });

        var answer = await PostAsync(post.ExternalId, "We look into it.");
        await bluesky.SettledAsync(answer.ExternalId);
        var thanks = await bluesky.PostAsync("customer", Some("thanks"), reply: new
        {
            root = new { uri = post.ExternalId, cid = post.ContentId },
            parent = new { uri = answer.ExternalId, cid = answer.ContentId },
        });
        var quote = await bluesky.PostAsync("advocate", "", embed: new Dictionary<string, object>
        {
            ["$type"] = "app.bsky.embed.record",
            ["record"] = new { uri = answer.ExternalId, cid = answer.ContentId },
        });
        await stream.UntilAsync(s => s.Posts.Any(p => p.ExternalId == Uri(thanks)) && s.Posts.Any(p => p.ExternalId == Uri(quote)), "reply and quote");

        var reply = stream.Posts.Single(p => p.ExternalId == Uri(thanks));
        Assert.That(reply.Relation, Is.EqualTo(PostRelation.Reply));
        Assert.That(reply.InReplyTo, Is.EqualTo(answer.ExternalId));
        Assert.That(reply.RootId, Is.EqualTo(post.ExternalId));
        Assert.That(reply.RootContentId, Is.EqualTo(post.ContentId));
        var quoting = stream.Posts.Single(p => p.ExternalId == Uri(quote));
        Assert.That(quoting.Relation, Is.EqualTo(PostRelation.Quote));
        Assert.That(quoting.IsRepost, Is.True);
        Assert.That(stream.Posts.Select(p => p.ExternalId), Is.Unique);
    }

    [Test]
    public async Task A_restart_goes_on_behind_what_was_seen()
    {
        var first = Some("one");
        await bluesky.MentionAsync("customer", first);
        string cursor;
        await using (var stream = new StreamListener(driver.Stream("notifications", Channel)))
        {
            await stream.UntilAsync(s => s.Posts.Any(p => p.Text.EndsWith(first, StringComparison.Ordinal)), "the first mention");
            cursor = stream.Cursor!;
        }
        var second = Some("two");
        await bluesky.MentionAsync("customer", second);
        await using var resumed = new StreamListener(driver.Stream("notifications", Channel), cursor);
        await resumed.UntilAsync(s => s.Posts.Count > 0, "the second mention");
        Assert.That(resumed.Posts.Single().Text, Does.EndWith(second));
    }

    [Test]
    public async Task A_mention_dated_back_by_its_author_is_not_missed()
    {
        await bluesky.MentionAsync("customer", Some("on time"));
        await using var stream = new StreamListener(driver.Stream("notifications", Channel));
        await stream.UntilAsync(s => s.Posts.Count > 0, "a first look");
        var late = Some("my clock is slow");
        await bluesky.MentionAsync(
            "customer", late, TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null));
        await stream.UntilAsync(s => s.Posts.Any(p => p.Text.EndsWith(late, StringComparison.Ordinal)), "the late mention");
    }

    [Test]
    public async Task Notifications_are_read_page_by_page_and_given_oldest_first()
    {
        using var small = new BlueskyDriver(bluesky.Pds, options: [("PublicApi", bluesky.AppView), ("PageSize", "2")]);
        string cursor;
        await using (var before = new StreamListener(driver.Stream("notifications", Channel)))
        {
            await before.UntilAsync(s => s.Cursor is not null, "a first look");
            cursor = before.Cursor!;
        }
        var marker = Some("page");
        for (var i = 0; i < 7; i++) await bluesky.MentionAsync("customer", $"{marker} {i}");
        await using var stream = new StreamListener(small.Stream("notifications", Channel), cursor);
        await stream.UntilAsync(s => s.Posts.Count(p => p.Text.Contains(marker, StringComparison.Ordinal)) == 7, "all seven");
        Assert.That(
            stream.Posts.Where(p => p.Text.Contains(marker, StringComparison.Ordinal)).Select(p => p.Text[^1]), Is.Ordered);
    }

    [Test]
    public async Task A_reply_names_parent_and_root_and_marks_links_tags_and_mentions()
    {
        var root = await bluesky.MentionAsync("customer", Some("help"));
        var middle = await bluesky.PostAsync("advocate", Some("me too"), reply: new { root = ReferenceTo(root), parent = ReferenceTo(root) });
        await bluesky.SettledAsync(Uri(middle));

        const string text = "👨‍👩‍👧 Hi @customer.test and @nobody.test, see https://acme.com/help. #acme";
        var posted = await PostAsync(Uri(middle), text);
        JsonElement record = default;
        await EventuallyAsync(async () =>
        {
            var thread = await bluesky.ThreadAsync(Uri(root));
            var reply = thread.GetProperty("replies").EnumerateArray()
                .SelectMany(r => r.GetProperty("replies").EnumerateArray())
                .SingleOrDefault(r => r.GetProperty("post").GetProperty("uri").GetString() == posted.ExternalId);
            if (reply.ValueKind == JsonValueKind.Undefined) return false;
            record = reply.GetProperty("post").GetProperty("record");
            return true;
        });
        Assert.That(record.GetProperty("text").GetString(), Is.EqualTo(text));
        Assert.That(record.GetProperty("langs")[0].GetString(), Is.EqualTo("en"));
        Assert.That(record.GetProperty("reply").GetProperty("parent").GetProperty("cid").GetString(), Is.EqualTo(ReferenceTo(middle).Cid));
        Assert.That(record.GetProperty("reply").GetProperty("root").GetProperty("uri").GetString(), Is.EqualTo(Uri(root)));
        Assert.That(record.GetProperty("reply").GetProperty("root").GetProperty("cid").GetString(), Is.EqualTo(ReferenceTo(root).Cid));
        var marked = record.GetProperty("facets").EnumerateArray().Select(f => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)
            [f.GetProperty("index").GetProperty("byteStart").GetInt32()..f.GetProperty("index").GetProperty("byteEnd").GetInt32()]));
        Assert.That(marked, Is.EqualTo(new[] { "@customer.test", "https://acme.com/help", "#acme" }));
    }

    [Test]
    public async Task A_reply_sent_twice_stands_there_once()
    {
        var reply = Reply(Uri(await bluesky.MentionAsync("customer", Some("help"))), "Only once");
        var before = await bluesky.PostCountAsync("brand");
        var first = await driver.Network.PostAsync(Channel, reply, CancellationToken.None);
        var second = await driver.Network.PostAsync(Channel, reply, CancellationToken.None);
        Assert.That(first.Kind, Is.EqualTo(PostOutcomeKind.Posted), first.Reason);
        Assert.That(second, Is.EqualTo(first));
        Assert.That(await bluesky.PostCountAsync("brand"), Is.EqualTo(before + 1));

        var other = await driver.Network.PostAsync(Channel, reply with { Text = "Something else" }, CancellationToken.None);
        Assert.That(other.Kind, Is.EqualTo(PostOutcomeKind.Invalid));
    }

    [Test]
    public async Task Replies_sent_at_the_same_time_under_one_key_stand_there_once()
    {
        var reply = Reply(Uri(await bluesky.MentionAsync("customer", Some("help"))), "Only once");
        var before = await bluesky.PostCountAsync("brand");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => driver.Network.PostAsync(Channel, reply, CancellationToken.None)));
        Assert.That(outcomes.Select(o => o.Kind), Is.All.EqualTo(PostOutcomeKind.Posted));
        Assert.That(outcomes.Distinct().Count(), Is.EqualTo(1));
        Assert.That(await bluesky.PostCountAsync("brand"), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task A_reply_is_found_by_its_key_or_not()
    {
        var reply = Reply(Uri(await bluesky.MentionAsync("customer", Some("help"))), "Here I am");
        Assert.That(await driver.Network.FindAsync(Channel, reply, CancellationToken.None), Is.Null);
        var outcome = await driver.Network.PostAsync(Channel, reply, CancellationToken.None);
        Assert.That(await driver.Network.FindAsync(Channel, reply, CancellationToken.None), Is.EqualTo(outcome.Posted));
    }

    [Test]
    public async Task A_reply_to_a_deleted_post_is_not_sent()
    {
        var mention = await bluesky.MentionAsync("customer", Some("never mind"));
        await bluesky.SettledAsync(Uri(mention));
        await bluesky.DeleteAsync("customer", Uri(mention));
        await bluesky.SettledAsync(Uri(mention), there: false);
        var outcome = await driver.Network.PostAsync(Channel, Reply(Uri(mention), "Hello?"), CancellationToken.None);
        Assert.That(outcome.Kind, Is.EqualTo(PostOutcomeKind.Gone), outcome.Reason);
    }

    [Test]
    public async Task A_reply_to_an_author_who_blocks_the_account_is_not_sent()
    {
        var mention = await bluesky.MentionAsync("advocate", Some("go away"));
        var block = await bluesky.CreateAsync("advocate", "app.bsky.graph.block", new Dictionary<string, object>
        {
            ["$type"] = "app.bsky.graph.block",
            ["subject"] = bluesky.AccountOf("brand").Did,
            ["createdAt"] = "2026-01-01T00:00:00.000Z",
        });
        try
        {
            var outcome = new PostOutcome(PostOutcomeKind.Unknown);
            await EventuallyAsync(async () =>
            {
                outcome = await driver.Network.PostAsync(Channel, Reply(Uri(mention), "Please"), CancellationToken.None);
                return outcome.Kind != PostOutcomeKind.Posted;
            });
            Assert.That(outcome.Kind, Is.EqualTo(PostOutcomeKind.Forbidden), outcome.Reason);
        }
        finally
        {
            await bluesky.DeleteAsync("advocate", Uri(block));
        }
    }

    [Test]
    public async Task A_reply_to_a_thread_closed_by_its_author_is_not_sent()
    {
        var mention = await bluesky.MentionAsync("customer", Some("no answers please"));
        await bluesky.CallAsync("customer", "com.atproto.repo.putRecord", new
        {
            repo = bluesky.AccountOf("customer").Did,
            collection = "app.bsky.feed.threadgate",
            rkey = Uri(mention).Split('/')[^1],
            record = new Dictionary<string, object>
            {
                ["$type"] = "app.bsky.feed.threadgate",
                ["post"] = Uri(mention),
                ["allow"] = Array.Empty<object>(),
                ["createdAt"] = "2026-01-01T00:00:00.000Z",
            },
        });
        await EventuallyAsync(async () =>
            (await driver.Network.PostAsync(Channel, Reply(Uri(mention), "But"), CancellationToken.None)).Kind == PostOutcomeKind.Forbidden);
    }

    [Test]
    public async Task A_wrong_password_is_told_in_clear_words()
    {
        var wrong = Channel with { Secret = "wrong" };
        var outcome = await driver.Network.PostAsync(wrong, Reply("at://did:plc:x/app.bsky.feed.post/3k", "Hi"), CancellationToken.None);
        Assert.That(outcome.Kind, Is.EqualTo(PostOutcomeKind.Unauthorized));
        Assert.That(outcome.Reason, Does.Contain("@brand.test").And.Contain("app password"));

        var check = await driver.Network.CheckAsync(wrong, CancellationToken.None);
        Assert.That(check.Works, Is.False);
        Assert.That(check.Message, Is.EqualTo(outcome.Reason));

        var stream = driver.Stream("notifications", wrong);
        Assert.That(
            async () =>
            {
                await foreach (var _ in stream.ReadAsync(null, CancellationToken.None)) break;
            },
            Throws.TypeOf<NetworkException>().With.Message.EqualTo(outcome.Reason));
    }

    [Test]
    public async Task A_right_password_is_confirmed_with_the_accounts_name()
    {
        var check = await driver.Network.CheckAsync(Channel, CancellationToken.None);
        Assert.That(check.Works, Is.True, check.Message);
        Assert.That(check.Message, Does.Contain("@brand.test"));
    }

    [Test]
    public async Task A_token_that_is_no_longer_taken_is_renewed()
    {
        var reply = Reply(Uri(await bluesky.MentionAsync("customer", Some("help"))), "With a new token");
        await driver.Network.CheckAsync(Channel, CancellationToken.None);
        var session = JsonNode.Parse(driver.Sessions[Channel.Id]!)!;
        var tampered = Tampered(session["accessJwt"]!.GetValue<string>());
        session["accessJwt"] = tampered;

        using var restarted = new BlueskyDriver(bluesky.Pds);
        restarted.Sessions[Channel.Id] = session.ToJsonString();
        var outcome = await restarted.Network.PostAsync(Channel, reply, CancellationToken.None);
        Assert.That(outcome.Kind, Is.EqualTo(PostOutcomeKind.Posted), outcome.Reason);
        var renewed = JsonNode.Parse(restarted.Sessions[Channel.Id]!)!;
        Assert.That(renewed["accessJwt"]!.GetValue<string>(), Is.Not.EqualTo(tampered));
        Assert.That(renewed["refreshJwt"]!.GetValue<string>(), Is.Not.EqualTo(session["refreshJwt"]!.GetValue<string>()));
    }

    [Test]
    public async Task A_session_that_can_not_be_renewed_is_begun_anew()
    {
        var reply = Reply(Uri(await bluesky.MentionAsync("customer", Some("help"))), "With a new session");
        await driver.Network.CheckAsync(Channel, CancellationToken.None);
        var session = JsonNode.Parse(driver.Sessions[Channel.Id]!)!;
        session["accessJwt"] = Tampered(session["accessJwt"]!.GetValue<string>());
        session["refreshJwt"] = Tampered(session["refreshJwt"]!.GetValue<string>());

        using var restarted = new BlueskyDriver(bluesky.Pds);
        restarted.Sessions[Channel.Id] = session.ToJsonString();
        var outcome = await restarted.Network.PostAsync(Channel, reply, CancellationToken.None);
        Assert.That(outcome.Kind, Is.EqualTo(PostOutcomeKind.Posted), outcome.Reason);
    }

    private ChannelConnection Channel => BlueskyDriver.Channel(new { handle = "brand.test" }, bluesky.AccountOf("brand").AppPassword);

    private static string Uri(JsonElement created) => created.GetProperty("uri").GetString()!;

    private static Reference ReferenceTo(JsonElement created) => new(Uri(created), created.GetProperty("cid").GetString()!);

    private static string Some(string text) => $"{text} {TestContext.CurrentContext.Random.GetString(8)}";

    /// <summary>A token of the right form whose signature is wrong.</summary>
    private static string Tampered(string token) => token[..^8] + new string([.. token[^8..].Reverse()]);

    private static async Task EventuallyAsync(Func<Task<bool>> happened)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await happened()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        Assert.Fail("It did not happen within ten seconds.");
    }

    private OutgoingReply Reply(string parent, string text) => new()
    {
        Key = driver.Network.NewReplyKey(),
        Text = text,
        ParentId = parent,
        Language = "en",
        CreatedAt = TimeProvider.System.GetUtcNow(),
    };

    private async Task<PostedReply> PostAsync(string parent, string text)
    {
        var outcome = await driver.Network.PostAsync(Channel, Reply(parent, text), CancellationToken.None);
        Assert.That(outcome.Kind, Is.EqualTo(PostOutcomeKind.Posted), outcome.Reason);
        return outcome.Posted!;
    }

    private sealed record Reference([property: JsonPropertyName("uri")] string Uri, [property: JsonPropertyName("cid")] string Cid);
}
