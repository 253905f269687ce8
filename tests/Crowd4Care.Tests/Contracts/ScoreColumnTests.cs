using System.Text.Json;
using Crowd4Care.Contracts;

namespace Crowd4Care.Tests.Contracts;

public sealed class ScoreColumnTests
{
    private static readonly Score Neutral = new() { Head = "sentiment", Label = "neutral", Probability = 0.8697, Others = new Dictionary<string, double> { ["positive"] = 0.0831 } };

    [Test]
    public void Stands_as_labels_with_their_probabilities() =>
        Assert.That(ScoreColumn.Write([Neutral]), Is.EqualTo("""{"sentiment":{"neutral":0.8697,"positive":0.0831}}"""));

    [Test]
    public void Comes_back_as_it_was()
    {
        Score[] scores =
        [
            Neutral,
            new() { Head = "language", Label = "en", Probability = 1 },
            new() { Head = "emotion", Label = "none", Probability = 0.41, Others = new Dictionary<string, double> { ["joy"] = 0.3, ["anger"] = 0.29 }, Unsure = true },
            new() { Head = "our own \"head\"", Label = "unsure", Probability = 0, Others = new Dictionary<string, double> { ["by"] = 0.5, ["größe 👟"] = 0.1 }, By = "keywords" },
        ];
        var back = ScoreColumn.Read(ScoreColumn.Write(scores));
        Assert.That(JsonSerializer.Serialize(back), Is.EqualTo(JsonSerializer.Serialize(scores)));
    }

    [Test]
    public void Of_no_head_is_nothing() => Assert.That(ScoreColumn.Read(ScoreColumn.Write([])), Is.Empty);

    [Test]
    public void Of_an_earlier_version_is_read()
    {
        var back = ScoreColumn.Read("""[{"head":"emotion","label":"none","probability":0.61,"others":{"joy":0.25},"unsure":true},{"head":"size","label":"big","probability":1,"by":"keywords"}]""");
        Assert.That(back, Has.Count.EqualTo(2));
        Assert.That((back[0].Head, back[0].Label, back[0].Probability, back[0].Unsure, back[0].Others!["joy"]), Is.EqualTo(("emotion", "none", 0.61, true, 0.25)));
        Assert.That((back[1].By, back[1].Others, back[1].Unsure), Is.EqualTo(("keywords", (IReadOnlyDictionary<string, double>?)null, (bool?)null)));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{\"sentiment\":0.5}")]
    [TestCase("{\"sentiment\":{}}")]
    [TestCase("{\"sentiment\":{\"neutral\":0.5")]
    public void Something_else_is_refused(string column) => Assert.That(() => ScoreColumn.Read(column), Throws.InstanceOf<JsonException>());
}
