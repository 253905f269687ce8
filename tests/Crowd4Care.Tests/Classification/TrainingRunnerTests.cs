using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Classification;

[EachEngine]
public sealed class TrainingRunnerTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person agent = null!;

    private TrainingDesk Desk => crowd.Get<TrainingDesk>();

    private TrainingRunner Runner => crowd.Get<TrainingRunner>();

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        agent = await crowd.AgentAsync("Olga");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task With_too_few_corrections_nothing_is_begun_and_it_is_said_how_many_are_missing()
    {
        await CorrectAsync(10);
        Assert.That(await AskAsync(), Is.EqualTo(TrainingAnswer.TooFew));
        var ready = await Desk.ReadinessAsync();
        Assert.That(ready.Learning + ready.Held, Is.EqualTo(10));
        Assert.That((ready.IsEnough, ready.Missing), Is.EqualTo((false, (int)Math.Ceiling((PromotionRule.LeastHeld - ready.Held) / 0.3))));
        Assert.That(await Desk.LastAsync(), Is.Null);
        Assert.That(await Runner.RunAsync(default), Is.False, "nobody asked");
    }

    [Test]
    public async Task Who_asks_gets_a_better_model_live_with_figures_of_before_and_after()
    {
        await CorrectAsync(160);
        Assert.That(await AskAsync(), Is.EqualTo(TrainingAnswer.Asked));
        Assert.That(await AskAsync(), Is.EqualTo(TrainingAnswer.Running), "one at a time");
        Assert.That((await Desk.LastAsync())!.Stage, Is.EqualTo(TrainingStage.Waiting));

        Assert.That(await Runner.RunAsync(default), Is.True);

        var run = (await Desk.LastAsync())!;
        Assert.That((run.Stage, run.IsLive, run.AskedByName), Is.EqualTo((TrainingStage.Done, true, "Olga")), run.Said);
        Assert.That(run.Said, Does.StartWith("Better: right on "));
        Assert.That(run.EndedAt, Is.Not.Null);
        var model = (await crowd.Get<ModelStore>().ListAsync()).Single(m => m.Version == run.Candidate);
        Assert.That((model.Status, model.MadeByName), Is.EqualTo((ModelStatus.Live, "Olga")));
        var figures = Sql.FromJson<TrainingFigures>(model.Figures!);
        Assert.That(figures.Corrections.Sum(h => h.After.Right), Is.GreaterThan(figures.Corrections.Sum(h => h.Before.Right)));
        Assert.That(await Runner.RunAsync(default), Is.False, "it is done");

        Assert.That(await AskAsync(), Is.EqualTo(TrainingAnswer.Asked), "the next can be asked for");
    }

    [Test]
    public async Task Of_two_processes_one_trains_and_after_the_death_of_one_the_other_goes_on()
    {
        await CorrectEnoughAsync();
        await AskAsync();
        // A process that took it up and died: its lease is there, and nobody renews it.
        var dead = await new Leases(crowd.Database, crowd.Clock).TakeAsync("training", TimeSpan.FromSeconds(30));
        await Desk.MoveAsync((await Desk.LastAsync())!.Id, TrainingStage.Measuring, dead!);
        Assert.That(await Runner.RunAsync(default), Is.False);
        Assert.That((await Desk.LastAsync())!.Stage, Is.EqualTo(TrainingStage.Measuring));

        crowd.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.That(await Runner.RunAsync(default), Is.True);
        var run = (await Desk.LastAsync())!;
        Assert.That(run.Stage, Is.EqualTo(TrainingStage.Done), run.Said);
        Assert.That(async () => await Desk.EndAsync(run.Id, TrainingStage.Failed, null, "late", [], dead!), Throws.TypeOf<LeaseLostException>(), "who comes back late changes nothing");
    }

    [Test]
    public async Task One_that_fails_says_why_and_another_can_be_asked_for()
    {
        await CorrectEnoughAsync();
        await AskAsync();
        await crowd.WriteAsync(transaction => transaction.ExecuteAsync("ALTER TABLE brand_heads RENAME TO mislaid"));
        Assert.That(await Runner.RunAsync(default), Is.True);
        var run = (await Desk.LastAsync())!;
        Assert.That(run.Stage, Is.EqualTo(TrainingStage.Failed));
        Assert.That(run.Said, Does.Contain("brand_heads"));
        Assert.That(await AskAsync(), Is.EqualTo(TrainingAnswer.Asked));
    }

    private Task<TrainingAnswer> AskAsync() => Desk.AskAsync(agent.Id, CrowdDriver.Brand);

    private async Task CorrectAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await CorrectOneAsync(i);
    }

    // Which are held back is decided by their ids, which differ each time: about three in ten.
    private async Task CorrectEnoughAsync()
    {
        for (var (i, held) = (0, 0); held < PromotionRule.LeastHeld || i < 60; i++)
            held += TrainingSamples.IsHeld(await CorrectOneAsync(i)) ? 1 : 0;
    }

    private async Task<Guid> CorrectOneAsync(int i)
    {
        var id = await crowd.ClassifiedAsync(Some.Post(text: $"{(i % 2 == 0 ? "My" : "Well, the")} glimmerbox {i % 16} again, number {i / 16}"));
        await crowd.Get<CorrectionStore>().SaveAsync(id, CrowdDriver.Brand, agent.Id, agent.Role, "topic", "cancellation");
        return id;
    }
}
