using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Trains the model that is shipped: every head from the sets that <see cref="TrainingSets"/> allows it and the project's own posts,
/// calibrated and measured on the validation parts.
/// </summary>
public sealed class ModelTrainer
{
    /// <summary>The release that the model's version begins with.</summary>
    public const string Release = "2026.11-4";

    private const int LanguageBits = 18;
    private const int MeaningBits = 18;

    /// <summary>Our posts are few, but they are what mentions look like, and the only ones in four of the languages.</summary>
    private const float OwnPostWeight = 5;

    /// <summary>Below this the guess among 75 languages is more often wrong than right.</summary>
    private const float LeastLanguageProbability = 0.25f;

    private readonly TrainingData data;
    private readonly TextWriter progress;

    private ModelTrainer(TrainingData data, TextWriter progress)
    {
        this.data = data;
        this.progress = progress;
    }

    /// <summary>Trains the shipped model and writes its model card. The same data and seed give the same model.</summary>
    /// <param name="dataSets">The folder of the data sets: <c>SET/train.tsv</c> and <c>SET/val.tsv</c>, or <c>.tsv.gz</c>.</param>
    /// <param name="progress">Where to say what is being done.</param>
    /// <param name="card">Where to write the model card, in Markdown.</param>
    /// <param name="seed">The order of training.</param>
    /// <param name="readsSentences">Whether it reads sentences as well as words; the language is then told as by the shipped model.</param>
    public static MentionModel Train(string dataSets, TextWriter progress, TextWriter card, int seed = 1, bool readsSentences = false)
    {
        var data = TrainingData.Read(dataSets);
        var trainer = new ModelTrainer(data, progress);
        var language = readsSentences ? MentionModel.LoadDefault().Tables[0] : trainer.TrainLanguage(seed);
        var model = new MentionModel(Release + (readsSentences ? "-sentences" : ""), [language, trainer.TrainMeaning(seed, readsSentences ? Meaning.Thorough : Meaning.Fast)]);
        ModelCard.Write(model, data, seed, card);
        return model;
    }

    private WeightTable TrainLanguage(int seed) =>
        LetterTableTrainer.Train(LanguageBits, Plan("language") with { Fallback = "und", MinimumProbability = LeastLanguageProbability }, seed);

    private WeightTable TrainMeaning(int seed, int dimensions) =>
        TermTableTrainer.Train(MeaningBits, [.. TrainingData.Heads.Skip(1).Select(Plan)], dimensions, seed, progress);

    private HeadPlan Plan(string head)
    {
        var own = data.Own(head, OwnPosts.Train).Select(text => text with { IsBackground = data.HasTweetsOfAllLabels(head) })
            .Concat(OwnPosts.Phrases[head].Select(text => text with { IsBackground = true }))
            .Select(text => text with { Weight = OwnPostWeight });
        var texts = data.Training(head).Concat(own).ToList();
        progress.WriteLine($"{head}: {texts.Count} texts");
        return new HeadPlan
        {
            Name = head, Labels = TrainingData.LabelsOf(head, texts), Texts = texts, Validation = data.ForCalibration(head),
        };
    }
}
