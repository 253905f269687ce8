using Crowd4Care.Classification;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Classification;

[EachEngine]
public sealed class BrandHeadTrainingTests(string engine)
{
    private static readonly BrandHead Line = new("product-line", [new("router", ["router"]), new("tv", ["tv"])]);
    private static readonly string[] Subjects = ["my", "the", "this", "our", "your", "a", "that", "no", "every", "one", "any", "some", "which", "his", "her", "its", "their", "each", "both", "such"];

    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        await crowd.Get<BrandHeadStore>().SaveAsync(CrowdDriver.Brand, Line, null);
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task With_enough_examples_it_is_learned_and_kept()
    {
        await SayAsync("wireless signal drops", "router", 40);
        await SayAsync("remote and channels", "tv", 40);
        Assert.That((await crowd.Get<BrandHeadTraining>().RunAsync(1)).Single(), Does.StartWith("default, product-line: learned from"));

        var heads = crowd.Get<BrandHeadStore>();
        await heads.LookAsync();
        var score = heads.Score(CrowdDriver.Brand, "The wireless signal is weak").Single();
        Assert.That((score.Label, score.By), Is.EqualTo(("router", "corrections")));
        Assert.That(heads.IsLearned(CrowdDriver.Brand, "product-line"), Is.True);

        await heads.SaveAsync(CrowdDriver.Brand, Line with { Labels = [.. Line.Labels, new("phone", [])] }, null);
        Assert.That(heads.IsLearned(CrowdDriver.Brand, "product-line"), Is.False, "it knows nothing of the new label");
        await heads.RemoveAsync(CrowdDriver.Brand, "product-line", null);
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM brand_head_models"), Is.Zero);
    }

    [Test]
    public async Task With_few_the_keywords_decide()
    {
        await SayAsync("wireless signal drops", "router", 40);
        await SayAsync("remote and channels", "tv", 9);
        Assert.That((await crowd.Get<BrandHeadTraining>().RunAsync(1)).Single(), Does.StartWith("default, product-line: by keywords; tv has"));
        Assert.That(crowd.Get<BrandHeadStore>().Score(CrowdDriver.Brand, "The wireless signal is weak"), Is.Empty);
    }

    [Test]
    public void What_is_worse_than_the_keywords_is_not_used()
    {
        // What was said to learn from is the contrary of what measures.
        var learning = Enumerable.Range(0, 40).Select(n => n % 2 == 0 ? ($"a router {n}", "tv") : ($"a tv {n}", "router")).ToList();
        var (verdict, model) = BrandHeadTraining.Learn(Line, learning, [("my router", "router"), ("my tv", "tv"), ("a router here", "router"), ("a tv there", "tv")], 1);
        Assert.That(model, Is.Null, verdict);
    }

    private async Task SayAsync(string text, string label, int count)
    {
        var agent = await crowd.AgentAsync();
        for (var i = 0; i < count; i++)
        {
            var id = await crowd.ClassifiedAsync(Some.Post(text: $"{Subjects[i % 20]} {text} {Subjects[i / 2 % 20]}"));
            await crowd.Get<CorrectionStore>().SaveAsync(id, CrowdDriver.Brand, agent.Id, agent.Role, Line.Name, label);
        }
    }
}
