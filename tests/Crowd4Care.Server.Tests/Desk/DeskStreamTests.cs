using Crowd4Care.Server.Desk.Live;

namespace Crowd4Care.Server.Tests.Desk;

public sealed class DeskStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly DeskStream stream = new(Guid.Parse("00000000-0000-7000-8000-000000000001"), TimeProvider.System);

    [Test]
    public async Task A_burst_costs_one_event_that_names_no_mentions()
    {
        for (var i = 0; i < 5000; i++)
            stream.Tell([Id(i)], isOwn: false);

        var change = await stream.NextAsync(Patience, CancellationToken.None);
        Assert.That(change!.Mentions, Is.Null);
        Assert.That(await stream.NextAsync(TimeSpan.FromMilliseconds(20), CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_few_changes_are_named_once()
    {
        stream.Tell([Id(1), Id(2)], isOwn: false);
        stream.Tell([Id(2)], isOwn: false);

        var change = await stream.NextAsync(Patience, CancellationToken.None);
        Assert.That(change!.Mentions, Is.EquivalentTo(new[] { Id(1), Id(2) }));
    }

    [Test]
    public async Task Own_lists_are_a_topic_only_when_they_changed()
    {
        stream.Tell([Id(1)], isOwn: false);
        Assert.That((await stream.NextAsync(Patience, CancellationToken.None))!.Topics, Does.Not.Contain("offers"));

        stream.Tell([Id(1)], isOwn: true);
        Assert.That((await stream.NextAsync(Patience, CancellationToken.None))!.Topics, Does.Contain("offers"));
    }

    [Test]
    public void It_ends_when_the_desk_is_closed()
    {
        using var closed = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        Assert.That(async () => await stream.NextAsync(Patience, closed.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
