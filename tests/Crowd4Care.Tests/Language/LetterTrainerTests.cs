using Crowd4Care.Language.Features;
using Crowd4Care.Language.Text;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

public sealed class LetterTrainerTests
{
    private const int Bits = 12;
    private static readonly string[] Labels = ["fruit", "tool"];

    [Test]
    public void Any_number_of_threads_gives_the_same_weights()
    {
        var alone = Train(threads: 1);
        Assert.That(Train(threads: 3), Is.EqualTo(alone));
        Assert.That(Train(threads: 1, seed: 2), Is.Not.EqualTo(alone));
    }

    [Test]
    public void Every_text_is_told_by_its_letters()
    {
        var weights = Train(threads: 2);
        foreach (var sample in Samples())
        {
            var push = sample.Buckets.Sum(bucket => weights[bucket * Labels.Length] - weights[(bucket * Labels.Length) + 1]);
            Assert.That(push, sample.Label == 0 ? Is.Positive : Is.Negative);
        }
    }

    [Test]
    public void A_text_that_counts_more_wins()
    {
        var sample = Samples()[0];
        var weights = new LetterTrainer(Bits, Labels.Length).Train([sample with { Label = 0 }, sample with { Label = 1, Weight = 5 }], 1);
        Assert.That(sample.Buckets.Sum(bucket => weights[(bucket * Labels.Length) + 1] - weights[bucket * Labels.Length]), Is.Positive);
    }

    [Test]
    public void A_task_of_languages_is_learned_by_letters()
    {
        var texts = SomeTexts.Texts.Zip(SomeTexts.Labels, (text, label) => new LabelledText(text, label)).ToList();
        var model = TaskTrainer.Train("langid", texts);
        Assert.That(model.Score("cherry")[0].Label, Is.EqualTo("fruit"));
        Assert.That(model.Score("wrench")[0].Label, Is.EqualTo("tool"));
        Assert.That(SomeTexts.Bytes(TaskTrainer.Train("langid", texts)), Is.EqualTo(SomeTexts.Bytes(model)));
    }

    private static float[] Train(int threads, int seed = 1) => new LetterTrainer(Bits, Labels.Length, threads).Train(Samples(), seed);

    private static List<Sample> Samples() => [.. SomeTexts.Texts.Zip(SomeTexts.Labels, (text, label) =>
    {
        var (tokens, buffer) = (new TokenizedText(), new FeatureBuffer());
        Tokenizer.Read(text, tokens);
        FeatureExtractor.Extract(FeatureSet.Letters, tokens, Bits, buffer);
        return new Sample(buffer.Buckets.ToArray(), buffer.Value, Array.IndexOf(Labels, label), 1);
    })];
}
