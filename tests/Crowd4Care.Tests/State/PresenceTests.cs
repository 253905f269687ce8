using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.State;

[TestFixture(StateDriver.InProcess)]
[TestFixture(StateDriver.OnRedis)]
public sealed class PresenceTests(string kind)
{
    private readonly FakeClock clock = new();
    private readonly Guid ana = Some.Id();
    private readonly Guid ben = Some.Id();
    private StateDriver state = null!;

    [SetUp]
    public void Start() => state = StateDriver.Start(kind, clock);

    [TearDown]
    public async Task StopAsync()
    {
        if (state is not null)
            await state.DisposeAsync();
    }

    [Test]
    public async Task Nobody_is_present_at_first() => Assert.That(await state.Presence.PresentAsync(), Is.Empty);

    [Test]
    public async Task Who_was_seen_is_present()
    {
        await state.Presence.SeenAsync(ana);
        await state.Presence.SeenAsync(ben);
        await state.Presence.SeenAsync(ana);
        Assert.That(await state.Presence.PresentAsync(), Is.EquivalentTo(new[] { ana, ben }));
    }

    [Test]
    public async Task Who_left_is_not_present()
    {
        await state.Presence.SeenAsync(ana);
        await state.Presence.SeenAsync(ben);
        await state.Presence.LeftAsync(ana);
        Assert.That(await state.Presence.PresentAsync(), Is.EquivalentTo(new[] { ben }));
    }

    [Test]
    public async Task Who_gives_no_sign_for_a_while_is_not_present()
    {
        await state.Presence.SeenAsync(ana);
        clock.Advance(TimeSpan.FromSeconds(60));
        await state.Presence.SeenAsync(ben);
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.That(await state.Presence.PresentAsync(), Is.EquivalentTo(new[] { ben }));
    }

    [Test]
    public async Task Who_left_and_comes_back_is_present()
    {
        await state.Presence.SeenAsync(ana);
        await state.Presence.LeftAsync(ana);
        await state.Presence.SeenAsync(ana);
        Assert.That(await state.Presence.PresentAsync(), Does.Contain(ana));
    }
}
