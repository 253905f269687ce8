using Crowd4Care.Language.Features;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

public sealed class TermTrainerTests
{
    private const int Bits = 14;
    private static readonly string[] Labels = ["fruit", "tool"];
    private static readonly bool[] Opinions = [.. Enumerable.Repeat(true, Crowd4Care.Language.Knowledge.Opinions.Dimensions)];
    private static readonly LabelledText[] Texts = [.. SomeTexts.Texts.Zip(SomeTexts.Labels, (text, label) => new LabelledText(text, label))];

    [Test]
    public void Words_and_letter_sequences_have_the_same_length()
    {
        var space = new TermSpace(Bits, Texts, 2, WordVectors.Dimensions);
        var sample = space.Read(Texts[0], 0, []);
        var features = sample.Places.Zip(sample.Values).Where(pair => pair.First < space.Features).Select(pair => pair.Second).ToList();
        // Squares of values that stand in one group each add up to one a group.
        Assert.That(features.Sum(value => value * value), Is.GreaterThan(1.5).And.LessThan(4));
        Assert.That(sample.Values[^1], Is.EqualTo(1), "the bias");
    }

    [TestCase(Reading.Fast, Meaning.Fast)]
    [TestCase(Reading.Thorough, Meaning.Thorough)]
    public void A_table_weighs_a_text_as_the_trainer_did(Reading reading, int dimensions)
    {
        var space = new TermSpace(Bits, Texts, 2, dimensions, Texts.ToDictionary(text => text.Text, text => Understand(text.Text)[Meaning.Fast..]));
        var weights = new MarginTrainer([.. Texts.Select(text => space.Read(text, Array.IndexOf(Labels, text.Label), Opinions))], 2, space.Width)
            .Train([new MarginOptions(1, false)], 1)[0];
        var plan = new HeadPlan { Name = "things", Labels = Labels, Texts = Texts, Validation = Texts };
        var table = TermTableTrainer.Train(Bits, plan, 1, TextWriter.Null, reading);
        Assert.That(table.Heads[0].Dimensions, Is.EqualTo(dimensions));
        foreach (var text in Texts)
        {
            var sample = space.Read(text, 0, Opinions);
            var trained = sample.Places.Zip(sample.Values).Sum(pair => weights[0][pair.First] * pair.Second);
            Assert.That(Math.Sign(Weigh(table, text.Text)), Is.EqualTo(Math.Sign(trained)), text.Text);
        }
    }

    [Test]
    public void The_margin_is_kept_on_both_sides()
    {
        var space = new TermSpace(Bits, Texts, 2, WordVectors.Dimensions);
        var samples = Texts.Select(text => space.Read(text, Array.IndexOf(Labels, text.Label), [])).ToList();
        var weights = new MarginTrainer(samples, 2, space.Width).Train([new MarginOptions(100, false)], 1)[0];
        foreach (var sample in samples)
            Assert.That(sample.Places.Zip(sample.Values).Sum(pair => weights[sample.Label][pair.First] * pair.Second), Is.GreaterThan(0.9));
    }

    [Test]
    public void Nothing_is_learned_from_a_text_that_is_left_out()
    {
        var space = new TermSpace(Bits, Texts, 1, WordVectors.Dimensions);
        var samples = Texts.Select(text => space.Read(text, Array.IndexOf(Labels, text.Label), [])).ToList();
        var first = samples[0];
        List<TermSample> mistaken = [first with { Label = 1 - first.Label }, .. samples.Skip(1)];
        MarginOptions[] options = [new MarginOptions(1, false, LeftOut: 0), new MarginOptions(1, false)];
        var (right, wrong) = (new MarginTrainer(samples, 2, space.Width).Train(options, 1), new MarginTrainer(mistaken, 2, space.Width).Train(options, 1));
        Assert.That(Margin(wrong[0], first), Is.EqualTo(Margin(right[0], first)).Within(0.1), "left out");
        Assert.That(Margin(wrong[1], first), Is.LessThan(Margin(right[1], first) - 0.2), "learned");
        Assert.That(Margin(right[1], first), Is.GreaterThan(0.5));
    }

    [Test]
    public void More_labels_than_a_vector_has_lanes_are_told_apart()
    {
        const int many = 21;
        List<TermSample> samples = [.. Enumerable.Range(0, many * 3).Select(i => new TermSample([i % many, many + (i % 3), many + 3], [1, 0.1f, 1], i % many, 1))];
        var weights = new MarginTrainer(samples, many, many + 4).Train([new MarginOptions(10, false)], 1)[0];
        foreach (var sample in samples)
            Assert.That(Probabilities.IndexOfLargest(Array.ConvertAll(weights, label => MarginTrainer.Dot(label, sample))), Is.EqualTo(sample.Label));
    }

    /// <summary>For the right label.</summary>
    private static float Margin(float[][] weights, TermSample sample) => MarginTrainer.Dot(weights[sample.Label], sample);

    [Test]
    public void A_word_that_no_example_has_is_understood_by_its_relatives()
    {
        var model = SomeTexts.Model();
        Assert.That(model.Score("peach")[0].Label, Is.EqualTo("fruit"));
        Assert.That(model.Score("screwdriver")[0].Label, Is.EqualTo("tool"));
    }

    private static float Weigh(WeightTable table, string text)
    {
        var (tokens, features, sums, evidence) = (new TokenizedText(), new FeatureBuffer(), new int[table.Stride], new float[table.Stride]);
        var scores = new float[2];
        Tokenizer.Read(text, tokens);
        FeatureExtractor.Extract(table.Features, tokens, table.Bits, features);
        table.Weigh(features, sums, evidence);
        table.Heads[0].Weigh(evidence, Understand(text), scores);
        return scores[0];
    }

    private static float[] Understand(string text)
    {
        var (tokens, meaning) = (new TokenizedText(), new Meaning());
        Tokenizer.Read(text, tokens);
        meaning.Read(text, tokens, Meaning.Thorough);
        return meaning.Values.ToArray();
    }
}
