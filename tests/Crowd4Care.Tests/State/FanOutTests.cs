using System.Collections.Concurrent;

namespace Crowd4Care.Tests.State;

[TestFixture(StateDriver.InProcess)]
[TestFixture(StateDriver.OnRedis)]
public sealed class FanOutTests(string kind)
{
    [Test]
    public async Task Ones_own_listener_hears_at_once_and_once()
    {
        await using var state = await StateDriver.Start(kind, TimeProvider.System).RunAsync();
        var heard = new ConcurrentQueue<string>();
        state.FanOut.Listen(heard.Enqueue, () => { });
        await state.FanOut.SendAsync("one");
        Assert.That(heard, Is.EqualTo(new[] { "one" }));
        await state.FanOut.SendAsync("two");
        Assert.That(heard, Is.EqualTo(new[] { "one", "two" }));
    }
}
