using Crowd4Care.Language;
using Crowd4Care.Language.Training;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Language;

/// <summary>The model card's figures, checked where the data sets are: in shared/data next to the repository.</summary>
public sealed class ShippedFiguresTests
{
    private static readonly string Folder = Path.GetFullPath(Repository.PathOf("../shared/data"));

    [OneTimeSetUp]
    public void NeedsTheDataSets()
    {
        if (!Directory.Exists(Folder))
            Assert.Ignore("Needs the data sets in shared/data next to the repository.");
    }

    [Test]
    public void Sentiment_is_recognised_as_often_as_the_card_says() => Assert.That(Measure("sentiment").MacroRecall, Is.GreaterThan(0.62));

    [Test]
    public void Toxicity_is_recognised_as_often_as_the_card_says() => Assert.That(Measure("toxicity").MacroF1, Is.GreaterThan(0.70));

    [Test]
    public void Anger_is_recognised_as_often_as_the_card_says() =>
        Assert.That(Measure("anger").Labels.Single(label => label.Label == "anger").F1, Is.GreaterThan(0.70));

    [Test]
    public void Languages_are_recognised_as_often_as_the_card_says() => Assert.That(Measure("language").Accuracy, Is.GreaterThan(0.85));

    private static Evaluation Measure(string head) =>
        Evaluation.Of(MentionModel.LoadDefault(), head, TrainingData.Read(Folder).Measured(head).SelectMany(pair => pair.Texts));
}
