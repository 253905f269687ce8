using Crowd4Care.Classification;
using Crowd4Care.Contracts;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Classification;

[EachEngine]
public sealed class LiveAccuracyTests(string engine)
{
    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task What_people_said_in_the_last_30_days_is_counted()
    {
        var agent = await crowd.AgentAsync();
        await SaysAsync("en", "billing", "order");
        crowd.Clock.Advance(TimeSpan.FromDays(31));
        await SaysAsync("en", "billing", "billing");
        await SaysAsync("en", "billing", "order");
        await SaysAsync("de", "billing", "billing");

        var report = await crowd.Get<LiveAccuracy>().OfAsync(CrowdDriver.Brand);
        Assert.That(report.ByHead, Is.EqualTo(new[] { new MeasuredShare("topic", 2, 3) }));
        Assert.That(report.ByLanguage, Is.EqualTo(new[] { new MeasuredShare("en", 1, 2), new MeasuredShare("de", 1, 1) }));
        Assert.That(report.ByTopic, Is.EqualTo(new[] { new MeasuredShare("billing", 2, 3) }));
        Assert.That(report.Confusions["topic"].At("order", "billing"), Is.EqualTo(1));
        Assert.That((await crowd.Get<LiveAccuracy>().OfAsync("another")).ByHead, Is.Empty);

        async Task SaysAsync(string language, string given, string right)
        {
            var id = await crowd.ClassifiedAsync(null, Some.Score((Heads.Topic, given, 0.6), (Heads.Language, language, 0.9)));
            await crowd.Get<CorrectionStore>().SaveAsync(id, CrowdDriver.Brand, agent.Id, agent.Role, Heads.Topic, right);
        }
    }

    [Test]
    public async Task What_nobody_labelled_is_asked_next()
    {
        var agent = await crowd.AgentAsync();
        var doubtful = Some.Score((Heads.Sentiment, "negative", 0.5));
        doubtful = doubtful with { Heads = [.. doubtful.Heads.Select(h => h.Head == Heads.Sentiment ? h with { Others = new Dictionary<string, double> { ["neutral"] = 0.45 } } : h)] };
        var labelled = await crowd.ClassifiedAsync(Some.Post(text: "Well, thanks a lot"), doubtful);
        var open = await crowd.ClassifiedAsync(Some.Post(text: "Great, another update"), doubtful);
        foreach (var id in new[] { labelled, open })
            await crowd.ApplyAsync(Crowd4Care.Mentions.MentionChange.Opened(id, 0, new { }));
        await crowd.Get<CorrectionStore>().SaveAsync(labelled, CrowdDriver.Brand, agent.Id, agent.Role, Heads.Sentiment, "neutral");

        var next = (await crowd.Get<LabellingQueries>().NextAsync(CrowdDriver.Brand, 10)).Single();
        Assert.That((next.MentionId, next.Text, next.Head), Is.EqualTo((open, "Great, another update", "sentiment")));
        Assert.That(next.Labels, Is.EqualTo(new[] { "negative", "neutral" }));
        Assert.That(await crowd.Get<LabellingQueries>().NextAsync("another", 10), Is.Empty);
    }
}
