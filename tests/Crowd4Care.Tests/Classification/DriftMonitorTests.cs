using Crowd4Care.Classification;
using Crowd4Care.Contracts;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Classification;

[EachEngine]
public sealed class DriftMonitorTests(string engine)
{
    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Without_scores_there_is_nothing_to_say() => Assert.That((await crowd.Get<DriftMonitor>().LookAsync()).Heads, Is.Empty);

    [Test]
    public async Task A_day_unlike_the_fortnight_before_is_an_alarm_for_that_head()
    {
        for (var i = 0; i < 30; i++)
            await ScoredAsync(20, "billing");

        Assert.That((await crowd.Get<DriftMonitor>().LookAsync()).Heads.Any(h => h.IsAlarm), Is.False);
        for (var i = 0; i < 6; i++)
            await ScoredAsync(90, "technical");

        var report = await crowd.Get<DriftMonitor>().LookAsync();
        var topic = report.Heads.Single(h => h.Head == "topic");
        Assert.That((topic.Now, topic.Before, topic.IsAlarm), Is.EqualTo((540, 600, true)), $"{topic}");
        Assert.That(topic.Shifts.Select(s => s.Label), Is.EquivalentTo(new[] { "billing", "technical" }));
        Assert.That(report.Heads.Single(h => h.Head == "sentiment").Index, Is.Zero.Within(1e-9));
    }

    [Test]
    public async Task It_is_looked_at_every_ten_minutes_at_most()
    {
        var drift = crowd.Get<DriftMonitor>();
        var first = await drift.LookAsync();
        crowd.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.That(await drift.LookAsync(), Is.SameAs(first));
        crowd.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.That(await drift.LookAsync(), Is.Not.SameAs(first));
    }

    // Every four hours, so that no hour is full.
    private async Task ScoredAsync(int count, string topic)
    {
        var ids = await crowd.StoreAsync([.. Enumerable.Range(0, count).Select(_ => Some.Post())]);
        await crowd.WriteAsync(transaction => crowd.Get<ScoreStore>().SaveAsync(transaction, ids.Select(id => ScoreStore.ToRow(id, Some.Score((Heads.Topic, topic, 0.9))))));
        crowd.Clock.Advance(TimeSpan.FromHours(4));
    }
}
