using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

public sealed class TaskTrainerTests
{
    [Test]
    public void It_learns_what_tells_the_labels_apart()
    {
        var model = SomeTexts.Model();
        Assert.That(model.Score("a ripe cherry and two plums")[0].Label, Is.EqualTo("fruit"));
        Assert.That(model.Score("lend me your hammer and a drill")[0].Label, Is.EqualTo("tool"));
    }

    [Test]
    public void The_same_texts_and_seed_give_the_same_bytes() =>
        Assert.That(SomeTexts.Bytes(SomeTexts.Model()), Is.EqualTo(SomeTexts.Bytes(SomeTexts.Model())));

    [Test]
    public void Another_seed_gives_another_version() =>
        Assert.That(SomeTexts.Model(seed: 2).Version, Is.Not.EqualTo(SomeTexts.Model().Version));

    [Test]
    public void Many_validation_texts_are_learned_from_at_the_end()
    {
        var texts = SomeTexts.Texts.Zip(SomeTexts.Labels, (text, label) => new LabelledText(text, label)).ToList();
        LabelledText[] more = [new("a saw", "tool"), new("zorbel quandle", "fruit"), new("zorbel wexit", "fruit"), new("zorbel and a drill", "fruit"), new("my zorbel", "fruit")];
        Assert.That(TaskTrainer.Train("things", texts, more[..1]).Score("zorbel")[0].Label, Is.EqualTo("tool"), "one in sixty is not worth it");
        Assert.That(TaskTrainer.Train("things", texts, more).Score("zorbel")[0].Label, Is.EqualTo("fruit"));
    }

    [Test]
    public void One_label_is_not_a_task() =>
        Assert.That(() => TaskTrainer.Train("things", [new LabelledText("a", "same"), new LabelledText("b", "same")]),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("at least two different labels"));
}
