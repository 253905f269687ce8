using Crowd4Care.Networks;
using Microsoft.AspNetCore.Http;

namespace Crowd4Care.Tests.Networks.Bluesky;

/// <summary>What the reading of notifications tells of itself.</summary>
public sealed class NotificationStreamTests
{
    private LoopbackBluesky server = null!;
    private BlueskyDriver driver = null!;

    [SetUp]
    public async Task StartAsync()
    {
        server = await LoopbackBluesky.StartAsync();
        server.On("com.atproto.server.createSession", new { accessJwt = "access", refreshJwt = "refresh", did = "did:plc:brand", handle = "brand.test" });
        server.On("app.bsky.notification.listNotifications", new { notifications = Array.Empty<object>() });
        driver = new BlueskyDriver(server.Http);
    }

    [TearDown]
    public async Task StopAsync()
    {
        driver.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task A_pause_that_the_network_asks_for_is_told_with_its_end_and_then_that_it_works_again()
    {
        await using var stream = Listen();
        await stream.UntilAsync(s => s.Batches.Count > 0, "a first look");
        Assert.That(stream.Batches[0], Has.Property(nameof(StreamBatch.Trouble)).Null.And.Property(nameof(StreamBatch.Position)).Not.Null);

        server.On("app.bsky.notification.listNotifications", context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "1";
            return context.Response.WriteAsJsonAsync(new { error = "RateLimitExceeded", message = "Rate Limit Exceeded" });
        });
        await stream.UntilAsync(s => s.Batches[^1].Trouble is { Kind: TroubleKind.Throttled, RetryAt: not null }, "the pause");
        Assert.That(stream.Batches[^1].Trouble!.Message, Is.EqualTo("429 RateLimitExceeded: Rate Limit Exceeded"));
        Assert.That(stream.Batches[^1].IsEmpty, Is.True, "nothing to store");

        server.On("app.bsky.notification.listNotifications", new { notifications = Array.Empty<object>() });
        await stream.UntilAsync(s => s.Batches[^1] is { Trouble: null, Position: not null }, "the end of the pause");
    }

    [Test]
    public async Task A_fault_of_the_server_and_a_server_that_is_gone_are_told_apart()
    {
        await using var stream = Listen();
        await stream.UntilAsync(s => s.Batches.Count > 0, "a first look");
        server.On("app.bsky.notification.listNotifications", new { error = "InternalServerError", message = "Oops" }, 500);
        await stream.UntilAsync(s => s.Batches[^1].Trouble?.Kind == TroubleKind.ServerFault, "the fault");
        await server.DisposeAsync();
        await stream.UntilAsync(s => s.Batches[^1].Trouble?.Kind == TroubleKind.Unreachable, "the silence");
    }

    private StreamListener Listen() => new(driver.Stream("notifications", BlueskyDriver.Channel(new { handle = "brand.test" }, "app-password")));
}
