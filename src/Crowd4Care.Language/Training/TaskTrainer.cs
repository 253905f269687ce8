using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Trains a model of one head from anybody's labelled texts. Its probabilities are as they come: nothing is held back to calibrate them.
/// </summary>
public static class TaskTrainer
{
    private const int SmallestBits = 12;
    private const int LargestBits = 18;

    /// <summary>About as many buckets a text keep collisions rare.</summary>
    private const int BucketsPerText = 64;

    private const int FragmentsPerText = 4;

    /// <summary>Trained weights, not yet bytes, take eight bytes each; this many keep training under half a gigabyte.</summary>
    private const int MostWeights = 1 << 25;

    /// <summary>Trains a model of one head that is named for the task.</summary>
    /// <param name="task">The task; <c>langid</c> and <c>language</c> look at letters alone, every other task at words too.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="labels">Their labels, as many.</param>
    /// <param name="seed">The order of training; the same texts and seed give the same bytes.</param>
    /// <exception cref="InvalidDataException">There are fewer than two labels, or not as many labels as texts.</exception>
    public static MentionModel Train(string task, IReadOnlyList<string> texts, IReadOnlyList<string> labels, int seed = 1)
    {
        if (texts.Count != labels.Count)
            throw new InvalidDataException($"There are {texts.Count} texts and {labels.Count} labels; there must be as many.");
        return Train(task, [.. texts.Zip(labels, (text, label) => new LabelledText(text, label))], seed);
    }

    internal static MentionModel Train(string task, IReadOnlyList<LabelledText> samples, int seed)
    {
        string[] labels = [.. samples.Select(sample => sample.Label).Distinct().Order(StringComparer.Ordinal)];
        if (labels.Length < 2)
            throw new InvalidDataException($"All {samples.Count} texts have the same label; at least two different labels are needed.");
        if (labels.Length > ModelFile.MostColumns)
            throw new InvalidDataException(
                $"There are {labels.Length} different labels, at most {ModelFile.MostColumns} are possible; is the label column right?");
        var bits = Bits(samples.Count, labels.Length);
        var features = task is "langid" or "language" ? FeatureSet.Letters : FeatureSet.Meaning;
        var plan = new HeadPlan { Name = task, Labels = labels, Texts = samples };
        if (features == FeatureSet.Letters)
            plan = plan with { Texts = [.. samples, .. Fragments.Of(samples, FragmentsPerText, seed)], Options = TrainingOptions.Letters };
        return new MentionModel(task, [TableTrainer.Train(features, bits, [plan], seed)]);
    }

    private static int Bits(int texts, int labels)
    {
        var bits = SmallestBits;
        while (bits < LargestBits && 1L << bits < (long)texts * BucketsPerText && (long)labels << (bits + 1) <= MostWeights)
            bits++;
        return bits;
    }
}
