using Crowd4Care.Classification;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Classification;

[EachEngine]
public sealed class CorrectionTrainingTests(string engine)
{
    private static readonly string[] Openings =
        ["My", "Why is the", "Please look at my", "Hello, the", "It is about a", "About this", "Again the", "I have a", "Where goes the", "No idea what the"];

    private static readonly string[] Endings = ["glimmerbox", "glimmerbox again", "glimmerbox please", "glimmerbox since Monday", "glimmerbox?", "glimmerbox!", "glimmerbox thing", "glimmerbox is"];

    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Without_corrections_there_is_nothing_to_learn()
    {
        Assert.That(await RunAsync(), Is.Null);
        Assert.That(await crowd.Get<ModelStore>().ListAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_better_model_is_live_and_scores_from_then_on()
    {
        await CorrectAsync(Openings.SelectMany(o => Endings.SelectMany(e => new[] { $"{o} {e}", $"Well. {o} {e}" })));
        var result = await RunAsync();
        Assert.That(result!.IsLive, Is.True, result.Verdict);
        Assert.That(result.Figures.Learned + result.Figures.Corrections.Sum(h => h.After.Count), Is.EqualTo(160));
        Assert.That(await crowd.Get<ModelStore>().LiveAsync(), Is.EqualTo(result.Candidate));

        var live = crowd.Get<LiveClassifier>();
        await live.LookAsync();
        Assert.That(live.ModelVersion, Is.EqualTo(result.Candidate));
        Assert.That(live.Score("Something with the glimmerbox", null).LabelOf("topic"), Is.EqualTo("cancellation"));
    }

    [Test]
    public async Task With_few_corrections_it_stays_a_candidate_unless_forced()
    {
        await CorrectAsync(Openings.Select(o => $"{o} glimmerbox"));
        var first = await RunAsync();
        Assert.That(first!.IsLive, Is.False);
        Assert.That(first.Verdict, Does.StartWith("Only"));
        Assert.That((await crowd.Get<ModelStore>().ListAsync())[0].Status, Is.EqualTo(ModelStatus.Candidate));

        var forced = await RunAsync(force: true);
        Assert.That((forced!.Candidate, forced.IsLive), Is.EqualTo((first.Candidate, true)), "the same corrections and seed give the same model");
    }

    [Test]
    public async Task Where_the_live_model_cant_be_read_it_begins_with_the_shipped_one()
    {
        var (models, shipped) = (crowd.Get<ModelStore>(), crowd.Get<ShippedModel>().Version);
        await models.AddAsync(new TrainedModel("m-1", shipped, "", new TrainingFigures(0, [], []), [1, 2, 3]), null);
        await models.PromoteAsync("m-1", null, null);
        await CorrectAsync(Openings.Select(o => $"{o} glimmerbox"));
        Assert.That((await RunAsync())!.Parent, Is.EqualTo(shipped));
    }

    private Task<TrainingResult?> RunAsync(bool force = false) => crowd.Get<CorrectionTraining>().RunAsync(1, force);

    private async Task CorrectAsync(IEnumerable<string> texts)
    {
        var agent = await crowd.AgentAsync();
        foreach (var text in texts)
        {
            var id = await crowd.ClassifiedAsync(Some.Post(text: text));
            await crowd.Get<CorrectionStore>().SaveAsync(id, CrowdDriver.Brand, agent.Id, agent.Role, "topic", "cancellation");
        }
    }
}
