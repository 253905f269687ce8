using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Crowd4Care.Ingestion;
using Crowd4Care.Networks;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crowd4Care.Tests.Ingestion;

public sealed class ChannelListenersTests
{
    private readonly FakeStream stream = new();
    private CrowdDriver crowd = null!;
    private ChannelConnection channel = null!;

    [SetUp]
    public async Task BeginAsync()
    {
        crowd = await CrowdDriver.StartAsync();
        crowd.Network.Streaming = [stream];
        channel = await crowd.ChannelAsync();
    }

    [TearDown]
    public async Task EndAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_channel_has_one_listener()
    {
        using var first = await ListenAsync();
        await Poll.UntilAsync(() => stream.Readers == 1, "the first listens");
        using var second = await ListenAsync();
        await TickAsync(30);
        Assert.That(stream.Readers, Is.EqualTo(1));
        await first.StopAsync(default);
        await second.StopAsync(default);
    }

    [Test]
    public async Task After_a_clean_stop_another_copy_takes_over_at_its_next_look()
    {
        using var first = await ListenAsync();
        await Poll.UntilAsync(() => stream.Readers == 1, "the first listens");
        using var second = await ListenAsync();
        await first.StopAsync(default);
        Assert.That(stream.Readers, Is.Zero);

        await AdvanceUntilAsync(() => stream.Readers == 1, TimeSpan.FromSeconds(4));
        await second.StopAsync(default);
    }

    [Test]
    public async Task When_a_copy_dies_another_takes_over_within_thirty_seconds()
    {
        // A copy that died: its lease is there, and nobody renews it.
        await new Leases(crowd.Database, crowd.Clock).TakeAsync($"channel:{channel.Id}", TimeSpan.FromSeconds(20));
        using var second = await ListenAsync();
        await TickAsync(3);
        Assert.That(stream.Readers, Is.Zero);

        await AdvanceUntilAsync(() => stream.Readers == 1, TimeSpan.FromSeconds(30));
        await second.StopAsync(default);
    }

    [Test]
    public async Task A_listener_that_stood_still_does_not_move_the_cursor_back()
    {
        using var first = await ListenAsync();
        await stream.GiveAsync(new StreamBatch { Cursor = "1" });
        await Poll.UntilAsync(async () => await CursorAsync(), c => c == "1", "the first cursor");

        // Another copy took over while this one stood still, and went on.
        await crowd.WriteAsync(transaction => transaction.ExecuteAsync("UPDATE leases SET holder = 'another', fence = fence + 1"));
        await crowd.WriteAsync(transaction => crowd.Get<ChannelStore>().MoveCursorAsync(transaction, channel.Id, stream.Name, "9"));
        await stream.GiveAsync(new StreamBatch { Posts = [Some.Post()], Cursor = "2" });

        await Poll.UntilAsync(() => stream.Readers == 0, "the late one stops");
        Assert.That(await CursorAsync(), Is.EqualTo("9"));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM mentions"), Is.Zero, "what the other stores is not stored here");
        await first.StopAsync(default);
    }

    [Test]
    public async Task What_troubles_a_stream_is_noted_and_forgotten_with_its_next_post()
    {
        using var first = await ListenAsync();
        var trouble = new ChannelTrouble(TroubleKind.Throttled, "Slowly!", crowd.Clock.GetUtcNow().AddMinutes(1));
        await stream.GiveAsync(new StreamBatch { Trouble = trouble });
        await Poll.UntilAsync(PartAsync, part => part?.Trouble == trouble, "the trouble");
        Assert.That((await PartAsync())!.HeardAt, Is.Null, "nothing was heard yet");

        await stream.GiveAsync(new StreamBatch { Posts = [Some.Post()], Position = crowd.Clock.GetUtcNow() });
        await Poll.UntilAsync(PartAsync, part => part is { Trouble: null, HeardAt: not null, PostAt: not null, PositionAt: not null }, "the end of it");
        Assert.That((await crowd.Get<ChannelHealthStore>().OfAsync(channel.Id)).LastHour, Is.EqualTo(1));
        await first.StopAsync(default);
    }

    private async Task<ChannelPart?> PartAsync() => (await crowd.Get<ChannelHealthStore>().OfAsync(channel.Id)).Parts.SingleOrDefault();

    private async Task<ChannelListeners> ListenAsync()
    {
        var listeners = new ChannelListeners(
            crowd.Get<ChannelStore>(), crowd.Get<ChannelHealthStore>(), crowd.Get<NetworkCatalog>(), crowd.Get<Intake>(), new Leases(crowd.Database, crowd.Clock), crowd.Clock,
            NullLogger<ChannelListeners>.Instance);
        await listeners.StartAsync(default);
        return listeners;
    }

    private async Task<string?> CursorAsync() => await crowd.Get<ChannelStore>().CursorAsync(channel.Id, stream.Name);

    private async Task TickAsync(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            crowd.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    // Time goes on only while the listeners have looked in between.
    private async Task AdvanceUntilAsync(Func<bool> until, TimeSpan within)
    {
        var end = crowd.Clock.GetUtcNow() + within;
        await Poll.UntilAsync(
            () =>
            {
                if (!until() && crowd.Clock.GetUtcNow() < end)
                    crowd.Clock.Advance(TimeSpan.FromSeconds(1));
                return until();
            },
            $"a take-over within {within.TotalSeconds} s");
    }

    private sealed class FakeStream : IPostStream
    {
        private readonly Channel<StreamBatch> batches = System.Threading.Channels.Channel.CreateUnbounded<StreamBatch>();
        private int readers;

        public string Name => "stream";

        public int Readers => Volatile.Read(ref readers);

        public ValueTask GiveAsync(StreamBatch batch) => batches.Writer.WriteAsync(batch);

        public async IAsyncEnumerable<StreamBatch> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref readers);
            try
            {
                await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
                    yield return batch;
            }
            finally
            {
                Interlocked.Decrement(ref readers);
            }
        }
    }
}
