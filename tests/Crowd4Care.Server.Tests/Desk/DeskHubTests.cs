using Crowd4Care.Contracts;
using Crowd4Care.Server.Desk.Live;
using Crowd4Care.State;

namespace Crowd4Care.Server.Tests.Desk;

public sealed class DeskHubTests
{
    private static readonly Guid Person = Guid.Parse("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Mention = Guid.Parse("00000000-0000-7000-8000-000000000002");
    private DeskHub hub = null!;

    [SetUp]
    public void Open() => hub = new DeskHub(new InProcessPresence(TimeProvider.System), new InProcessFanOut(), TimeProvider.System);

    [Test]
    public async Task What_changes_between_a_page_and_its_stream_is_told_when_the_stream_opens()
    {
        hub.Expect();
        Assert.That(hub.IsHeard);
        await hub.TellAsync(new MentionsChanged { MentionIds = [Mention], PersonIds = [Person] });

        var stream = await hub.OpenAsync(Person);
        var change = await stream.NextAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        Assert.That(change!.Mentions, Is.EqualTo(new[] { Mention }));
        Assert.That(change.Topics, Does.Contain("offers"));
    }

    [Test]
    public async Task Without_a_page_nothing_is_kept()
    {
        Assert.That(hub.IsHeard, Is.False);
        await hub.TellAsync(new MentionsChanged { MentionIds = [Mention], PersonIds = [] });

        var stream = await hub.OpenAsync(Person);
        Assert.That(await stream.NextAsync(TimeSpan.FromMilliseconds(20), CancellationToken.None), Is.Null);
    }
}
