using System.Text.Json;
using Crowd4Care.Networks;
using Microsoft.AspNetCore.Http;

namespace Crowd4Care.Tests.Networks.Bluesky;

/// <summary>What comes of posting when the network misbehaves; how it behaves well is tested against a real one.</summary>
public sealed class BlueskyReplyTests
{
    private const string Brand = "did:plc:brand";
    private const string Parent = "at://did:plc:customer/app.bsky.feed.post/3kaaaaaaaaaaa";

    private LoopbackBluesky server = null!;
    private BlueskyDriver driver = null!;

    [SetUp]
    public async Task StartAsync()
    {
        server = await LoopbackBluesky.StartAsync();
        server.On("com.atproto.server.createSession", new { accessJwt = "access", refreshJwt = "refresh", did = Brand, handle = "brand.test" });
        server.On("app.bsky.feed.getPosts", new { posts = new[] { new { uri = Parent, cid = "bafyparent", record = new { text = "help" } } } });
        server.On("com.atproto.repo.getRecord", new { error = "RecordNotFound", message = "Could not locate record" }, 400);
        server.On("com.atproto.repo.createRecord", new { uri = $"at://{Brand}/app.bsky.feed.post/key", cid = "bafyreply" });
        driver = new BlueskyDriver(server.Http, options: ("RequestTimeout", "00:00:02"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        driver.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task An_answer_that_does_not_come_leaves_the_outcome_unknown()
    {
        server.On("com.atproto.repo.createRecord", async context => await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System, context.RequestAborted));
        Assert.That((await PostAsync()).Kind, Is.EqualTo(PostOutcomeKind.Unknown));
    }

    [Test]
    public async Task A_connection_that_breaks_after_sending_leaves_the_outcome_unknown()
    {
        server.On("com.atproto.repo.createRecord", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        Assert.That((await PostAsync()).Kind, Is.EqualTo(PostOutcomeKind.Unknown));
    }

    [Test]
    public async Task A_fault_of_the_server_leaves_the_outcome_unknown()
    {
        server.On("com.atproto.repo.createRecord", new { error = "InternalServerError" }, 502);
        Assert.That((await PostAsync()).Kind, Is.EqualTo(PostOutcomeKind.Unknown));
    }

    [Test]
    public async Task An_unreadable_answer_leaves_the_outcome_unknown()
    {
        server.On("com.atproto.repo.createRecord", context => context.Response.WriteAsync("<html>"));
        Assert.That((await PostAsync()).Kind, Is.EqualTo(PostOutcomeKind.Unknown));
    }

    [Test]
    public async Task A_fault_before_anything_was_sent_is_passing()
    {
        server.On("app.bsky.feed.getPosts", new { error = "UpstreamFailure" }, 502);
        server.On("com.atproto.repo.getRecord", new { error = "InternalServerError" }, 500);
        Assert.That((await PostAsync()).Kind, Is.EqualTo(PostOutcomeKind.Transient));
        Assert.That(server.Calls, Does.Not.Contain("com.atproto.repo.createRecord"));
    }

    [Test]
    public async Task A_server_that_is_not_there_is_passing()
    {
        var outcome = await driver.Network.PostAsync(
            BlueskyDriver.Channel(new { handle = "brand.test", service = "http://127.0.0.1:9" }, "secret"), Reply(), CancellationToken.None);
        Assert.That(outcome.Kind, Is.EqualTo(PostOutcomeKind.Transient));
    }

    [Test]
    public async Task A_rate_limit_says_when_to_try_again()
    {
        var reset = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddMinutes(7).ToUnixTimeSeconds());
        server.On("com.atproto.repo.createRecord", async context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers["RateLimit-Reset"] = $"{reset.ToUnixTimeSeconds()}";
            await context.Response.WriteAsJsonAsync(new { error = "RateLimitExceeded", message = "Rate Limit Exceeded" });
        });
        var outcome = await PostAsync();
        Assert.That(outcome.Kind, Is.EqualTo(PostOutcomeKind.Throttled));
        Assert.That(outcome.RetryAt, Is.EqualTo(reset));
    }

    [Test]
    public async Task A_refused_text_is_told_as_the_network_tells_it()
    {
        server.On("com.atproto.repo.createRecord", new { error = "InvalidRequest", message = "string too big" }, 400);
        Assert.That(await PostAsync(), Is.EqualTo(new PostOutcome(PostOutcomeKind.Invalid, Reason: "string too big")));
    }

    [Test]
    public async Task A_token_that_is_never_taken_ends_as_unauthorized()
    {
        server.On("com.atproto.repo.createRecord", new { error = "ExpiredToken", message = "Token has expired" }, 400);
        server.On("com.atproto.server.refreshSession", new { accessJwt = "access2", refreshJwt = "refresh2", did = Brand, handle = "brand.test" });
        Assert.That((await PostAsync()).Kind, Is.EqualTo(PostOutcomeKind.Unauthorized));
        Assert.That(server.Calls.Count(c => c == "com.atproto.repo.createRecord"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_post_that_the_account_may_not_answer_is_left_alone()
    {
        server.On("app.bsky.feed.getPosts", new
        {
            posts = new[] { new { uri = Parent, cid = "bafyparent", record = new { text = "help" }, viewer = new { replyDisabled = true } } },
        });
        Assert.That((await PostAsync()).Kind, Is.EqualTo(PostOutcomeKind.Forbidden));
        Assert.That(server.Calls, Does.Not.Contain("com.atproto.repo.createRecord"));
    }

    [Test]
    public async Task Calls_at_the_same_time_renew_the_session_once()
    {
        var current = "access";
        server.On("com.atproto.server.refreshSession", async context =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            current = "renewed";
            await context.Response.WriteAsJsonAsync(new { accessJwt = "renewed", refreshJwt = "refresh2", did = Brand, handle = "brand.test" });
        });
        server.On("com.atproto.repo.createRecord", async context =>
        {
            var taken = context.Request.Headers.Authorization == $"Bearer {current}" && current == "renewed";
            context.Response.StatusCode = taken ? 200 : 400;
            await context.Response.WriteAsJsonAsync(taken ? (object)new { uri = "at://x", cid = "bafy" } : new { error = "ExpiredToken" });
        });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync()));
        Assert.That(outcomes.Select(o => o.Kind), Is.All.EqualTo(PostOutcomeKind.Posted));
        Assert.That(server.Calls.Count(c => c == "com.atproto.server.refreshSession"), Is.EqualTo(1));
        Assert.That(server.Calls.Count(c => c == "com.atproto.server.createSession"), Is.EqualTo(1));
        Assert.That(driver.Sessions[BlueskyDriver.Channel(new { }).Id], Does.Contain("renewed"));
    }

    [Test]
    public async Task A_refused_password_is_not_tried_again_at_once()
    {
        server.On("com.atproto.server.createSession", new { error = "AuthenticationRequired", message = "Invalid identifier or password" }, 401);
        Assert.That((await PostAsync()).Kind, Is.EqualTo(PostOutcomeKind.Unauthorized));
        Assert.That((await PostAsync()).Kind, Is.EqualTo(PostOutcomeKind.Unauthorized));
        Assert.That(server.Calls.Count(c => c == "com.atproto.server.createSession"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_record_names_the_root_of_the_thread_and_when_it_was_written()
    {
        server.On("app.bsky.feed.getPosts", new
        {
            posts = new[]
            {
                new
                {
                    uri = Parent,
                    cid = "bafyparent",
                    record = new
                    {
                        text = "help",
                        reply = new { root = new { uri = "at://root", cid = "bafyroot" }, parent = new { uri = "at://mid", cid = "bafymid" } },
                    },
                },
            },
        });
        JsonDocument? sent = null;
        server.On("com.atproto.repo.createRecord", async context =>
        {
            sent = await JsonDocument.ParseAsync(context.Request.Body);
            await context.Response.WriteAsJsonAsync(new { uri = $"at://{Brand}/app.bsky.feed.post/key", cid = "bafyreply" });
        });
        Assert.That((await PostAsync()).Posted!.Url, Is.EqualTo("https://bsky.app/profile/brand.test/post/key"));
        Assert.That(JsonSerializer.Serialize(sent), Is.EqualTo(
            """{"repo":"did:plc:brand","collection":"app.bsky.feed.post","rkey":"key","record":{"$type":"app.bsky.feed.post","text":"We help","createdAt":"2026-05-01T10:00:00.000Z","langs":["en"],"reply":{"root":{"uri":"at://root","cid":"bafyroot"},"parent":{"uri":"at://did:plc:customer/app.bsky.feed.post/3kaaaaaaaaaaa","cid":"bafyparent"}}}}"""));
    }

    [Test]
    public void A_look_that_is_not_answered_says_nothing_about_the_reply()
    {
        server.On("com.atproto.repo.getRecord", new { error = "InternalServerError" }, 500);
        Assert.That(
            async () => await driver.Network.FindAsync(Channel, Reply(), CancellationToken.None), Throws.TypeOf<HttpRequestException>());
    }

    [TestCase("{}", null, "no Bluesky account")]
    [TestCase("""{"handle":"brand.test"}""", null, "no app password")]
    [TestCase("""{"handle":"not a handle"}""", "secret", "no Bluesky handle")]
    [TestCase("""{"handle":7}""", "secret", "can't be read")]
    [TestCase("""{"handle":"@Brand.test"}""", "secret", null)]
    public void Replying_needs_an_account_and_its_password(string settings, string? secret, string? reason)
    {
        var permission = driver.Network.MayReply(Channel with { Settings = settings, Secret = secret });
        Assert.That(permission.Allowed, Is.EqualTo(reason is null));
        if (reason is not null) Assert.That(permission.Reason, Does.Contain(reason));
    }

    [Test]
    public void Streams_follow_the_settings()
    {
        Assert.That(Names("{}", null), Is.Empty);
        Assert.That(Names("""{"keywords":["acme"]}""", null), Is.EqualTo(new[] { "jetstream" }));
        Assert.That(Names("""{"handle":"brand.test"}""", null), Is.EqualTo(new[] { "jetstream" }));
        Assert.That(Names("""{"handle":"brand.test"}""", "secret"), Is.EqualTo(new[] { "notifications" }));
        Assert.That(Names("""{"handle":"brand.test","keywords":["acme"]}""", "secret"), Is.EqualTo(new[] { "jetstream", "notifications" }));
        Assert.That(Names("""{"handle":"brand.test","notifications":false}""", "secret"), Is.EqualTo(new[] { "jetstream" }));

        IEnumerable<string> Names(string settings, string? secret) =>
            driver.Network.Streams(Channel with { Settings = settings, Secret = secret }).Select(s => s.Name);
    }

    private static ChannelConnection Channel => BlueskyDriver.Channel(new { handle = "brand.test" }, "secret");

    private static OutgoingReply Reply() => new()
    {
        Key = "key",
        Text = "We help",
        ParentId = Parent,
        Language = "en",
        CreatedAt = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.FromHours(2)),
    };

    private Task<PostOutcome> PostAsync() => driver.Network.PostAsync(Channel, Reply(), CancellationToken.None);
}
