using Crowd4Care.Language.Features;

namespace Crowd4Care.Language.Training;

/// <summary>Trains a model of one head from anybody's labelled texts.</summary>
public static class TaskTrainer
{
    private const int LargestBits = 18;

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
        var bits = LargestBits;
        while ((long)labels.Length << bits > MostWeights && bits > 12)
            bits--;
        var features = task is "langid" or "language" ? FeatureSet.Letters : FeatureSet.Meaning;
        var plan = new HeadPlan { Name = task, Labels = labels, Texts = samples };
        return new MentionModel(task, [TableTrainer.Train(features, bits, [plan], seed)]);
    }
}
