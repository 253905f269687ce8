using Crowd4Care.Language.Knowledge;

namespace Crowd4Care.Language.Training;

/// <summary>Trains what <see cref="Opinions"/> reads: a head for each of five published sets of tweets.</summary>
internal static class OpinionsTrainer
{
    private const int Bits = 18;

    /// <summary>The sets.</summary>
    public static readonly IReadOnlyList<string> Sets = ["te_sentiment", "te_emotion", "te_offensive", "te_hate", "te_irony"];

    /// <param name="dataSets">The folder of the data sets.</param>
    /// <param name="stream">Gets the file.</param>
    /// <param name="seed">The order of training.</param>
    /// <param name="progress">Told what each setting reached.</param>
    public static void Train(string dataSets, Stream stream, int seed, TextWriter progress)
    {
        var plans = Sets.Select(set => Plan(dataSets, set)).ToList();
        var table = TermTableTrainer.Train(Bits, plans, WordVectors.Dimensions, seed, progress);
        Opinions.Write(stream, new MentionModel("opinions", [table]), [.. plans.Select(plan => plan.Texts.Select(text => text.Text))]);
    }

    private static HeadPlan Plan(string dataSets, string set)
    {
        var texts = LabelledFile.Read(TrainingData.Find(dataSets, set, "train"));
        return new HeadPlan
        {
            Name = set,
            Labels = HeadPlan.LabelsOf(texts),
            Texts = texts,
            Validation = LabelledFile.Read(TrainingData.Find(dataSets, set, "val")),
        };
    }
}
