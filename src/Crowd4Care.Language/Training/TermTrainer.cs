using System.Globalization;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Trains one head in a given space of features: several settings are tried, and the two that do best on texts that were not trained on
/// are averaged, since the best is the best by luck as well. Where there are few texts, each is also judged by models that did not see it
/// (cross-validation): a few hundred validation texts alone choose by luck.
/// </summary>
internal sealed class TermTrainer
{
    private static readonly float[] Costs = [0.01f, 0.03f, 0.1f, 0.3f, 1, 3];
    private const int FirstCost = 2;

    /// <summary>Texts times labels: up to here every setting is tried, which takes seconds.</summary>
    public const long FewEnoughForAll = 100_000;

    /// <summary>Models trained side by side; more would only need memory.</summary>
    private const int MostAtOnce = 64;

    private readonly HeadPlan plan;
    private readonly TermSpace space;
    private readonly List<TermSample> samples;
    private readonly int[] judged;
    private readonly List<TermSample> held;
    private readonly MarginTrainer trainer;
    private readonly List<Attempt> attempts = [];
    private readonly int seed;
    private readonly TextWriter progress;

    private TermTrainer(HeadPlan plan, TermSpace space, int seed, TextWriter progress)
    {
        (this.plan, this.space, this.seed, this.progress) = (plan, space, seed, progress);
        var opinions = space.Dimensions > WordVectors.Dimensions ? Opinions.Shipped.NotTaughtBy(plan.Texts.Select(text => text.Text)) : [];
        samples = Read(plan.Texts, opinions);
        judged = HasFewTexts(plan) ? [.. plan.Texts.Index().Where(text => !text.Item.IsBackground).Select(text => text.Index)] : [];
        held = Read(plan.Validation.Where(text => plan.Labels.Contains(text.Label)), opinions);
        trainer = new MarginTrainer(samples, plan.Labels.Count, space.Width);
    }

    /// <summary>Whether there is time to try every setting, and to judge each by texts left out by turns.</summary>
    public static bool HasFewTexts(HeadPlan plan) => (long)plan.Texts.Count * plan.Labels.Count <= FewEnoughForAll;

    /// <param name="plan">What the head is to learn.</param>
    /// <param name="space">The features.</param>
    /// <param name="seed">The order of training.</param>
    /// <param name="progress">Told what each setting reached.</param>
    /// <param name="known">What did best in a like space: only these costs and their neighbours are tried; null for all.</param>
    public static TrainedHead Train(HeadPlan plan, TermSpace space, int seed, TextWriter progress, IReadOnlyList<MarginOptions>? known = null)
    {
        var trainer = new TermTrainer(plan, space, seed, progress);
        var counts = trainer.samples.CountBy(sample => sample.Label).Select(count => count.Value).ToList();
        bool[] balances = counts.Max() > counts.Min() * 2 ? [true, false] : [false];
        if (HasFewTexts(plan))
            trainer.TryAll(balances, known?.Select(CostOf).ToList());
        else
            trainer.Climb(balances, known is null ? FirstCost : CostOf(known[0]));
        var best = trainer.attempts.OrderByDescending(attempt => attempt.Score).Take(2).ToList();
        var judged = trainer.judged.Index().Select(text => new JudgedText(
            Mean(best[0].Judged[text.Index], best[^1].Judged[text.Index]), trainer.samples[text.Item].Label));
        return new TrainedHead(
            trainer.Mean(best[0].Weights, best[^1].Weights), best[0].Score, [.. judged], [.. best.Select(attempt => new MarginOptions(Costs[attempt.Cost], attempt.Balanced))]);
    }

    /// <summary>Trains with settings that were chosen before, on all texts of a plan.</summary>
    /// <param name="plan">What the head is to learn; its validation texts are not looked at.</param>
    /// <param name="space">The features.</param>
    /// <param name="settings">One or two, which are averaged.</param>
    /// <param name="seed">The order of training.</param>
    /// <returns>By label, a weight for each place of the space.</returns>
    public static float[][] TrainAgain(HeadPlan plan, TermSpace space, IReadOnlyList<MarginOptions> settings, int seed)
    {
        var trainer = new TermTrainer(plan, space, seed, TextWriter.Null);
        var weights = trainer.trainer.Train([.. settings], seed);
        return trainer.Mean(weights[0], weights[^1]);
    }

    private float[][] Mean(float[][] one, float[][] other) => [.. plan.Labels.Select((_, label) => Mean(one[label], other[label]))];

    private static float[] Mean(float[] one, float[] other) => [.. one.Zip(other, (a, b) => (a + b) / 2)];

    private static int CostOf(MarginOptions options) => Costs.IndexOf(options.Cost);

    private void TryAll(bool[] balances, List<int>? known)
    {
        var settings = Enumerable.Range(0, Costs.Length).Where(cost => known is null || known.Exists(near => Math.Abs(near - cost) <= 1))
            .SelectMany(cost => balances.Select(balanced => (cost, balanced)));
        foreach (var some in settings.Chunk(Math.Max(1, MostAtOnce / (plan.Labels.Count * (1 + MarginTrainer.Folds)))))
            Reach(some);
    }

    /// <summary>Goes from a cost towards the better neighbour until it gets no better.</summary>
    private void Climb(bool[] balances, int first)
    {
        var best = Reach([.. balances.Select(balanced => (first, balanced))]);
        foreach (var step in new[] { 1, -1 })
        {
            var from = best;
            for (var cost = from.Cost + step; cost >= 0 && cost < Costs.Length && Reach([(cost, from.Balanced)]) is var next && next.Score > best.Score; cost += step)
                best = next;
            if (best != from)
                break;
        }
    }

    /// <summary>Tries settings and gives the best of them.</summary>
    private Attempt Reach((int Cost, bool Balanced)[] settings)
    {
        int[] leftOut = judged.Length == 0 ? [-1] : [-1, .. Enumerable.Range(0, MarginTrainer.Folds)];
        var weights = trainer.Train([.. settings.SelectMany(setting => leftOut.Select(fold => new MarginOptions(Costs[setting.Cost], setting.Balanced, fold)))], seed);
        var reached = settings.Zip(weights.Chunk(leftOut.Length), (setting, own) => Judge(setting.Cost, setting.Balanced, own)).ToList();
        attempts.AddRange(reached);
        return reached.MaxBy(attempt => attempt.Score)!;
    }

    /// <summary>Validation texts are what the model is for and the others are many: both count alike.</summary>
    private Attempt Judge(int cost, bool balanced, float[][][] weights)
    {
        var onHeld = Figures.Of([.. held.Select(sample => OutcomeOf(sample, Margins(weights[0], sample)))]);
        float[][] answers = [.. judged.Select(index => Margins(weights[1 + (index % MarginTrainer.Folds)], samples[index]))];
        var onJudged = judged.Length == 0 ? onHeld : Figures.Of([.. judged.Zip(answers, (index, margins) => OutcomeOf(samples[index], margins))]);
        var score = held.Count == 0 ? onJudged.Merit : (onHeld.Merit + onJudged.Merit) / 2;
        progress.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{plan.Name}: cost {Costs[cost]}{(balanced ? ", balanced" : "")}: macro-F1 {onHeld.MacroF1:0.0000}, macro recall {onHeld.MacroRecall:0.0000} on {held.Count} texts{OfJudged(onJudged)}"));
        return new Attempt(cost, balanced, score, weights[0], answers);
    }

    private string OfJudged(Figures figures) => judged.Length == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"; cross-validated {figures.MacroF1:0.0000}, {figures.MacroRecall:0.0000} on {judged.Length}");

    private Outcome OutcomeOf(TermSample sample, float[] margins) => new(plan.Labels[sample.Label], plan.Labels[Probabilities.IndexOfLargest(margins)], 1);

    private static float[] Margins(float[][] weights, TermSample sample) => Array.ConvertAll(weights, label => MarginTrainer.Dot(label, sample));

    private List<TermSample> Read(IEnumerable<LabelledText> texts, IReadOnlyList<bool> opinions)
    {
        var indexes = plan.Labels.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return [.. texts.Select(text => space.Read(text, indexes[text.Label], opinions))];
    }

    private sealed record Attempt(int Cost, bool Balanced, double Score, float[][] Weights, float[][] Judged);
}

/// <summary>A head as trained.</summary>
/// <param name="Weights">By label, a weight for each place of the space.</param>
/// <param name="Score">The merit on the texts that settings were chosen by.</param>
/// <param name="Judged">What models that did not see them say of texts that were trained on; empty where there are many.</param>
/// <param name="Settings">Those that were averaged.</param>
internal sealed record TrainedHead(float[][] Weights, double Score, IReadOnlyList<JudgedText> Judged, IReadOnlyList<MarginOptions> Settings);

/// <summary>A text with known answer, as a head sees it.</summary>
/// <param name="Margins">By label.</param>
/// <param name="Label">The number of the right one.</param>
internal readonly record struct JudgedText(float[] Margins, int Label);
