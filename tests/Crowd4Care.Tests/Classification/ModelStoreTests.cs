using Crowd4Care.Classification;
using Crowd4Care.Language;
using Crowd4Care.Language.Training;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Classification;

[EachEngine]
public sealed class ModelStoreTests(string engine)
{
    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    private ModelStore Models => crowd.Get<ModelStore>();

    private string Shipped => crowd.Get<ShippedModel>().Version;

    [Test]
    public async Task The_shipped_model_is_live_without_a_row()
    {
        Assert.That(await Models.LiveAsync(), Is.EqualTo(Shipped));
        var only = (await Models.ListAsync()).Single();
        Assert.That((only.Version, only.Status), Is.EqualTo((Shipped, ModelStatus.Live)));
        Assert.That(await Models.RollBackAsync(null, null), Is.Null);
        Assert.That(await Models.PromoteAsync(Shipped, null, null), Is.False);
    }

    [Test]
    public async Task The_shipped_model_reads_sentences_where_that_is_asked_for()
    {
        await using var thorough = await CrowdDriver.StartAsync(engine, null, KeyValuePair.Create<string, string?>("Classification:ReadSentences", "true"));
        var version = thorough.Get<ShippedModel>().Version;
        Assert.That(version, Is.EqualTo(MentionModel.LoadDefault(readsSentences: true).Version).And.Not.EqualTo(Shipped));
        Assert.That(await thorough.Get<ModelStore>().LiveAsync(), Is.EqualTo(version));
        Assert.That(thorough.Get<IMentionClassifier>().Score("where is my parcel", null).ModelVersion, Is.EqualTo(version));
    }

    [Test]
    public async Task A_model_is_kept_once_with_its_file_and_figures()
    {
        var figures = new TrainingFigures(3, [new("topic", ConfusionTable.Of([("a", "b")]), ConfusionTable.Of([("a", "a")]))], []);
        var model = new TrainedModel("m-1", Shipped, "Better.", figures, [0, 1, 254, 255]);
        Assert.That(await Models.AddAsync(model, null), Is.True);
        Assert.That(await Models.AddAsync(model, null), Is.False);
        Assert.That(await Models.FileAsync("m-1"), Is.EqualTo(model.File));
        var kept = (await Models.ListAsync())[0];
        Assert.That((kept.Version, kept.Parent, kept.Status, kept.Verdict), Is.EqualTo(("m-1", Shipped, ModelStatus.Candidate, "Better.")));
        var read = Sql.FromJson<TrainingFigures>(kept.Figures!);
        Assert.That((read.Learned, read.Own[0].Before.Accuracy, read.Own[0].After.Accuracy), Is.EqualTo((3, 0.0, 1.0)));
    }

    [Test]
    public async Task Promoting_replaces_and_rolling_back_brings_back_step_by_step()
    {
        var admin = await crowd.AgentAsync("Ada");
        await AddAsync("m-1");
        await AddAsync("m-2");
        Assert.That(await Models.PromoteAsync("m-1", admin.Id, CrowdDriver.Brand), Is.True);
        Assert.That(await Models.PromoteAsync("m-2", admin.Id, CrowdDriver.Brand), Is.True);
        Assert.That(await StatesAsync(), Is.EquivalentTo([("m-1", ModelStatus.Retired), ("m-2", ModelStatus.Live), (Shipped, ModelStatus.Shipped)]));
        Assert.That((await Models.ListAsync()).Single(m => m.Status == ModelStatus.Live).StatusByName, Is.EqualTo("Ada"));

        Assert.That(await Models.RollBackAsync(admin.Id, CrowdDriver.Brand), Is.EqualTo("m-1"));
        Assert.That(await StatesAsync(), Is.EquivalentTo([("m-1", ModelStatus.Live), ("m-2", ModelStatus.Retired), (Shipped, ModelStatus.Shipped)]));
        Assert.That(await Models.RollBackAsync(admin.Id, CrowdDriver.Brand), Is.EqualTo(Shipped));
        Assert.That(await Models.LiveAsync(), Is.EqualTo(Shipped));
        Assert.That((await crowd.JournalAsync()).Count(e => e.Kind == JournalKinds.ModelPromoted && e.ActorId == admin.Id), Is.EqualTo(4));
    }

    [Test]
    public async Task What_is_live_or_unknown_is_not_promoted()
    {
        await AddAsync("m-1");
        await Models.PromoteAsync("m-1", null, null);
        Assert.That(await Models.PromoteAsync("m-1", null, null), Is.False);
        Assert.That(await Models.PromoteAsync("m-0", null, null), Is.False);
        Assert.That(await Models.LiveAsync(), Is.EqualTo("m-1"));
    }

    [Test]
    public async Task Of_two_who_promote_at_once_one_is_live_in_the_end()
    {
        for (var i = 0; i < 4; i++)
            await AddAsync($"m-{i}");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Models.PromoteAsync($"m-{i}", null, null)));
        Assert.That((await StatesAsync()).Count(s => s.Item2 == ModelStatus.Live), Is.EqualTo(1));
    }

    [Test]
    public async Task A_promoted_model_scores_what_comes_next_and_old_scores_keep_their_version()
    {
        var live = crowd.Get<LiveClassifier>();
        var before = live.ModelVersion;
        var other = TaskTrainer.Train("mood", [new LabelledText("so happy", "happy"), new LabelledText("so sad", "sad")]);
        await AddAsync(other);
        await Models.PromoteAsync(other.Version, null, null);
        await live.LookAsync();
        Assert.That(live.ModelVersion, Is.EqualTo(other.Version));
        Assert.That(live.Heads.Select(h => h.Name), Is.EqualTo(new[] { "mood" }));
        Assert.That(live.Score("so happy", null).ModelVersion, Is.EqualTo(other.Version));

        await Models.RollBackAsync(null, null);
        await live.LookAsync();
        Assert.That(live.ModelVersion, Is.EqualTo(before));
    }

    [Test]
    public async Task A_model_that_cant_be_read_leaves_the_present_one_at_work()
    {
        var live = crowd.Get<LiveClassifier>();
        await AddAsync("m-1");
        await Models.PromoteAsync("m-1", null, null);
        await live.LookAsync();
        Assert.That(live.ModelVersion, Is.EqualTo(Shipped));
        Assert.That(live.Score("Hello", null).Heads, Is.Not.Empty);
    }

    private async Task<IEnumerable<(string, ModelStatus)>> StatesAsync() =>
        (await Models.ListAsync()).Select(m => (m.Version, m.Status)).Where(m => m.Item2 != ModelStatus.Candidate);

    private Task AddAsync(string version) => Models.AddAsync(new TrainedModel(version, Shipped, "", new TrainingFigures(0, [], []), [1, 2, 3]), null);

    private Task AddAsync(MentionModel model)
    {
        using var file = new MemoryStream();
        model.Save(file);
        return Models.AddAsync(new TrainedModel(model.Version, Shipped, "", new TrainingFigures(0, [], []), file.ToArray()), null);
    }
}
