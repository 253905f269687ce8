using Crowd4Care.Classification;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;
using MassTransit;

namespace Crowd4Care.Tests.Classification;

[EachEngine]
public sealed class BrandHeadStoreTests(string engine)
{
    private static readonly BrandHead Line = new("product-line", [new("router", ["router"]), new("tv", ["tv"])]);

    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine, bus => bus.AddConsumer<ClassifyMentions>(Crowd4Care.Bus.Endpoints.TakeTogether));

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    private BrandHeadStore Heads => crowd.Get<BrandHeadStore>();

    [Test]
    public async Task A_head_is_kept_for_its_brand_changed_and_removed()
    {
        var admin = await crowd.AgentAsync();
        Assert.That(await Heads.SaveAsync(CrowdDriver.Brand, Line, admin.Id), Is.Empty);
        Assert.That(Heads.Of(CrowdDriver.Brand).Single().Labels.Select(l => l.Label), Is.EqualTo(new[] { "router", "tv" }));
        Assert.That(Heads.Of("another"), Is.Empty);

        await Heads.SaveAsync(CrowdDriver.Brand, Line with { Labels = [.. Line.Labels, new("phone", [])] }, admin.Id);
        Assert.That(Heads.Of(CrowdDriver.Brand).Single().Labels, Has.Count.EqualTo(3));
        Assert.That(await Heads.RemoveAsync(CrowdDriver.Brand, "product-line", admin.Id), Is.True);
        Assert.That(await Heads.RemoveAsync(CrowdDriver.Brand, "product-line", admin.Id), Is.False);
        Assert.That(Heads.Of(CrowdDriver.Brand), Is.Empty);
        Assert.That((await crowd.JournalAsync()).Count(e => e.Kind == JournalKinds.HeadChanged), Is.EqualTo(3));
    }

    [Test]
    public async Task The_models_heads_are_not_for_brands() =>
        Assert.That(await Heads.SaveAsync(CrowdDriver.Brand, Line with { Name = "topic" }, null), Has.One.Contains("topic"));

    [Test]
    public async Task New_mentions_get_it_beside_what_the_model_says()
    {
        await Heads.SaveAsync(CrowdDriver.Brand, Line, null);
        var id = await crowd.ReceivedAsync(Some.Post(text: "My router is dead"));
        await crowd.Harness.Bus.Publish(new MentionsReceived { MentionIds = [id] });
        await Poll.UntilAsync(() => crowd.RowAsync(id), row => row.Status == MentionStatus.Classified, "classified");

        var score = (await crowd.Get<ScoreStore>().FindAsync(id))!;
        Assert.That(score.Heads.Select(h => h.Head), Is.EqualTo(crowd.Get<LiveClassifier>().Heads.Select(h => h.Name).Append("product-line")));
        var own = score.Of("product-line")!;
        Assert.That((own.Label, own.By, own.Causes.Single().Text), Is.EqualTo(("router", "keywords", "router")));
        Assert.That(score.Of("topic")!.By, Is.Null);
    }

    [Test]
    public async Task People_say_it_where_no_keyword_does()
    {
        await Heads.SaveAsync(CrowdDriver.Brand, Line, null);
        var agent = await crowd.AgentAsync();
        var id = await crowd.ClassifiedAsync();
        var saved = await crowd.Get<CorrectionStore>().SaveAsync(id, CrowdDriver.Brand, agent.Id, agent.Role, "product-line", "tv");
        Assert.That(saved.Outcome, Is.EqualTo(CorrectionOutcome.Saved));
        Assert.That((await crowd.Get<CorrectionStore>().OfMentionAsync(id)).Single().Given, Is.Empty);
        Assert.That((await crowd.Get<LiveAccuracy>().OfAsync(CrowdDriver.Brand)).ByHead, Is.Empty, "the model said nothing that could be wrong");
        Assert.That((await crowd.Get<CorrectionStore>().SaveAsync(id, CrowdDriver.Brand, agent.Id, agent.Role, "product-line", "phone")).Outcome, Is.EqualTo(CorrectionOutcome.UnknownLabel));
    }
}
