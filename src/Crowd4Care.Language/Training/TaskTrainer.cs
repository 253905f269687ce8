using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Training;

/// <summary>Trains a model of one head from anybody's labelled texts. What there is to choose is chosen by texts that are not trained on.</summary>
public static class TaskTrainer
{
    private const int SmallestBits = 12;
    private const int LargestBits = 20;

    /// <summary>Rare words want a row of their own; twice as many rows bring little more.</summary>
    private const int MostBitsOfLetters = 19;

    /// <summary>About as many buckets a text keep collisions rare.</summary>
    private const int BucketsPerText = 128;

    /// <summary>One byte each in the model; keeps a model of many labels within a few megabytes of memory.</summary>
    private const int MostWeights = 1 << 26;

    /// <summary>Validation texts are learned from at the end when they are one in so many: fewer would bring nothing, and cost as much time again.</summary>
    private const int WorthLearningFrom = 12;

    /// <summary>Without texts to validate with, every n-th is kept back.</summary>
    private const int KeptBack = 10;

    /// <summary>Trains a model of one head that is named for the task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="samples">Labelled texts.</param>
    /// <param name="validation">More of them, by which settings are chosen and probabilities calibrated; null keeps back every tenth of <paramref name="samples"/>.</param>
    /// <param name="seed">The order of training; the same texts and seed give the same bytes.</param>
    /// <param name="progress">Told what each setting reached; null for nobody.</param>
    /// <param name="reading">How the model reads texts; languages are always told by letters.</param>
    /// <exception cref="InvalidDataException">There are fewer than two labels, or too many.</exception>
    public static MentionModel Train(
        string task, IReadOnlyList<LabelledText> samples, IReadOnlyList<LabelledText>? validation = null, int seed = 1, TextWriter? progress = null,
        Reading reading = Reading.Auto)
    {
        var labels = HeadPlan.LabelsOf(samples);
        if (labels.Length < 2)
            throw new InvalidDataException($"All {samples.Count} texts have the same label; at least two different labels are needed.");
        if (labels.Length > ModelFile.MostColumns)
            throw new InvalidDataException(
                $"There are {labels.Length} different labels, at most {ModelFile.MostColumns} are possible; is the label column right?");
        if (validation is null)
            (samples, validation) = Split(samples);
        var plan = new HeadPlan
        {
            Name = task, Labels = labels, Texts = samples, Validation = validation,
            LearnsFromValidation = validation != samples && validation.Count * WorthLearningFrom >= samples.Count,
        };
        // Languages show in letters alone, and in a few of them; there are so many texts and labels that margins would take many minutes.
        return new MentionModel(task, [task is "langid" or "language"
            ? LetterTableTrainer.Train(Math.Min(MostBitsOfLetters, Bits(samples.Count, labels.Length)), plan, seed)
            : TermTableTrainer.Train(Bits(samples.Count, labels.Length), plan, seed, progress ?? TextWriter.Null, reading)]);
    }

    /// <summary>A label of few texts keeps at least its first for training.</summary>
    private static (IReadOnlyList<LabelledText> Training, IReadOnlyList<LabelledText> Validation) Split(IReadOnlyList<LabelledText> samples)
    {
        var parts = samples.GroupBy(sample => sample.Label)
            .SelectMany(same => same.Select((sample, index) => (sample, kept: index % KeptBack == KeptBack / 2)))
            .ToLookup(pair => pair.kept, pair => pair.sample);
        return parts[true].Any() ? ([.. parts[false]], [.. parts[true]]) : (samples, samples);
    }

    private static int Bits(int texts, int labels)
    {
        var bits = SmallestBits;
        var stride = (long)WeightTable.StrideOf(WeightTable.ColumnsOf(FeatureSet.Terms, labels));
        while (bits < LargestBits && 1L << bits < (long)texts * BucketsPerText && stride << (bits + 1) <= MostWeights)
            bits++;
        return bits;
    }
}
