using Crowd4Care.Language;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Classification;

/// <summary>Makes a candidate of the live model and all corrections, measures both, keeps the candidate, and promotes it when it is better.</summary>
public sealed class CorrectionTraining(CorrectionStore corrections, ModelStore models, ShippedModel shipped)
{
    /// <summary>Trains. Null when there is nothing to learn: no corrections, or none that changes anything.</summary>
    /// <param name="seed">The order of training; the same model, corrections and seed give the same candidate.</param>
    /// <param name="force">Promote it whatever the figures say.</param>
    /// <param name="by">Who asks; null for a command.</param>
    /// <param name="brandId">In whose journal a promotion is noted.</param>
    /// <param name="begins">Is told which stage begins; null where nobody wants to know.</param>
    public async Task<TrainingResult?> RunAsync(
        int seed, bool force, Guid? by = null, string? brandId = null, Func<TrainingStage, Task>? begins = null, CancellationToken cancellationToken = default)
    {
        if (begins is not null)
            await begins(TrainingStage.Learning);
        var parent = await LoadAsync(cancellationToken);
        var samples = TrainingSamples.Of(await corrections.AllAsync(cancellationToken));
        var candidate = ModelTuner.Tune(parent, samples.Learning, seed);
        if (candidate.Version == parent.Version)
            return null;

        if (begins is not null)
            await begins(TrainingStage.Measuring);
        var figures = new TrainingFigures(
            samples.Learning.Sum(h => h.Value.Count), Compare(parent, candidate, ModelTuner.OwnHeldPosts(parent)), Compare(parent, candidate, samples.Held));
        var verdict = PromotionRule.Decide(figures);
        if (force && !verdict.Promote)
            verdict = new Verdict(true, $"Promoted by force. {verdict.Reason}");

        using var file = new MemoryStream();
        candidate.Save(file);
        await models.AddAsync(new TrainedModel(candidate.Version, parent.Version, verdict.Reason, figures, file.ToArray()), by, cancellationToken);
        var promoted = verdict.Promote && await models.PromoteAsync(candidate.Version, by, brandId, cancellationToken);
        return new TrainingResult(parent.Version, candidate.Version, figures, verdict.Reason, promoted);
    }

    private async Task<MentionModel> LoadAsync(CancellationToken cancellationToken)
    {
        var version = await models.LiveAsync(cancellationToken);
        if (version == shipped.Version)
            return shipped.Classifier.Model;

        var file = await models.FileAsync(version, cancellationToken) ?? throw new InvalidOperationException($"Model {version} was live a moment ago and is gone.");
        using var stream = new MemoryStream(file, writable: false);
        try
        {
            return MentionModel.Load(stream);
        }
        catch (InvalidDataException)
        {
            // Another version of the program made it: what was learned is in the corrections.
            return shipped.Classifier.Model;
        }
    }

    private static List<HeadFigures> Compare(MentionModel before, MentionModel after, IReadOnlyDictionary<string, IReadOnlyList<(string Text, string Label)>> texts)
    {
        var figures = new List<HeadFigures>();
        foreach (var (head, index) in before.Heads.Select((h, i) => (h, i)))
        {
            if (texts.TryGetValue(head.Name, out var samples))
                figures.Add(new HeadFigures(head.Name, Measure(before, index, samples), Measure(after, index, samples)));
        }

        return figures;
    }

    private static ConfusionTable Measure(MentionModel model, int head, IReadOnlyList<(string Text, string Label)> samples) =>
        ConfusionTable.Of(samples.Select(s => (s.Label, model.Score(s.Text)[head].Label)));
}

/// <summary>What came of a training.</summary>
/// <param name="Parent">The model that it began with.</param>
/// <param name="Candidate">The model that came of it.</param>
/// <param name="Figures">How both fared.</param>
/// <param name="Verdict">Whether the candidate is better, and why.</param>
/// <param name="IsLive">Whether it is live now.</param>
public sealed record TrainingResult(string Parent, string Candidate, TrainingFigures Figures, string Verdict, bool IsLive);
