using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.State;

public sealed class PresenceTests(string kind) : StateFixture(kind)
{
    private readonly Guid ana = Some.Id();
    private readonly Guid ben = Some.Id();

    [Test]
    public async Task Nobody_is_present_at_first() => Assert.That(await State.Presence.PresentAsync(), Is.Empty);

    [Test]
    public async Task Who_was_seen_is_present()
    {
        await State.Presence.SeenAsync(ana);
        await State.Presence.SeenAsync(ben);
        await State.Presence.SeenAsync(ana);
        Assert.That(await State.Presence.PresentAsync(), Is.EquivalentTo(new[] { ana, ben }));
    }

    [Test]
    public async Task Who_left_is_not_present()
    {
        await State.Presence.SeenAsync(ana);
        await State.Presence.SeenAsync(ben);
        await State.Presence.LeftAsync(ana);
        Assert.That(await State.Presence.PresentAsync(), Is.EquivalentTo(new[] { ben }));
    }

    [Test]
    public async Task Who_gives_no_sign_for_a_while_is_not_present()
    {
        await State.Presence.SeenAsync(ana);
        Clock.Advance(TimeSpan.FromSeconds(60));
        await State.Presence.SeenAsync(ben);
        Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.That(await State.Presence.PresentAsync(), Is.EquivalentTo(new[] { ben }));
    }

    [Test]
    public async Task Who_left_and_comes_back_is_present()
    {
        await State.Presence.SeenAsync(ana);
        await State.Presence.LeftAsync(ana);
        await State.Presence.SeenAsync(ana);
        Assert.That(await State.Presence.PresentAsync(), Does.Contain(ana));
    }
}
