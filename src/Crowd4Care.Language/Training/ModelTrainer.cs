using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Trains the model that is shipped: every head from the sets that <see cref="TrainingSets"/> allows it and the project's own posts,
/// calibrated on one half of the validation parts and measured on the other.
/// </summary>
public sealed class ModelTrainer
{
    /// <summary>The release that the model's version begins with.</summary>
    public const string Release = "2026.11-1";

    private const int LanguageBits = 17;
    private const int MeaningBits = 18;

    /// <summary>Our posts are few, but they are what mentions look like, and the only ones in four of the languages.</summary>
    private const float OwnPostWeight = 10;

    /// <summary>Below this the guess among 75 languages is more often wrong than right.</summary>
    private const float LeastLanguageProbability = 0.25f;

    /// <summary>The opinions of tweets: noisy, so only features that are seen often count.</summary>
    private static readonly TrainingOptions Opinion = new() { Epochs = 8, Rate = 0.2f, Balance = 0.7f, MinimumTexts = 7 };

    private static readonly Dictionary<string, TrainingOptions> Options = new()
    {
        ["sentiment"] = Opinion,
        ["anger"] = Opinion,
        ["toxicity"] = Opinion with { Balance = 0.5f },
        ["topic"] = new() { Epochs = 12, Rate = 0.2f, Balance = 0.5f, MinimumTexts = 2 },
    };

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
    public static MentionModel Train(string dataSets, TextWriter progress, TextWriter card, int seed = 1)
    {
        var data = TrainingData.Read(dataSets);
        var model = new ModelTrainer(data, progress).Train(seed);
        ModelCard.Write(model, data, seed, card);
        return model;
    }

    private MentionModel Train(int seed)
    {
        var languages = Plan("language");
        languages = languages with
        {
            Texts = [.. Fragments.Of(languages.Texts, seed)],
            Fallback = "und",
            MinimumProbability = LeastLanguageProbability,
        };
        var language = Train(FeatureSet.Letters, LanguageBits, [languages], seed);
        var meaning = Train(FeatureSet.Meaning, MeaningBits, [.. TrainingData.Heads.Skip(1).Select(Plan)], seed);
        return new MentionModel(Release, [language, meaning]);
    }

    private HeadPlan Plan(string head)
    {
        var own = data.Own(head, held: false).Concat(OwnPosts.Phrases[head]).Select(text => text with { Weight = OwnPostWeight });
        var texts = data.Training(head).Concat(own).ToList();
        return new HeadPlan { Name = head, Labels = TrainingData.LabelsOf(head, texts), Texts = texts, Options = Options.GetValueOrDefault(head, new()) };
    }

    private WeightTable Train(FeatureSet features, int bits, IReadOnlyList<HeadPlan> plans, int seed)
    {
        foreach (var plan in plans)
            progress.WriteLine($"{plan.Name}: {plan.Texts.Count} texts, {plan.Labels.Count} labels");
        var table = TableTrainer.Train(features, bits, plans, seed);
        return Calibration.Calibrate(table, plans.ToDictionary(plan => plan.Name, plan => data.ForCalibration(plan.Name)));
    }
}
