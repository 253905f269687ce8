using System.Globalization;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Trains one head in a given space of features: several settings are tried, and the two that do best on texts that were not trained on
/// are averaged, since the best is the best by luck as well.
/// </summary>
internal sealed class TermTrainer
{
    private static readonly float[] Costs = [0.01f, 0.03f, 0.1f, 0.3f, 1, 3];
    private const int FirstCost = 2;

    /// <summary>Texts times labels: up to here every setting is tried, which takes seconds.</summary>
    public const long FewEnoughForAll = 100_000;

    private readonly HeadPlan plan;
    private readonly TermSpace space;
    private readonly List<TermSample> samples;
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
        held = Read(plan.Validation.Where(text => plan.Labels.Contains(text.Label)), opinions);
        trainer = new MarginTrainer(samples, plan.Labels.Count, space.Width);
    }

    /// <param name="plan">What the head is to learn.</param>
    /// <param name="space">The features.</param>
    /// <param name="seed">The order of training.</param>
    /// <param name="progress">Told what each setting reached.</param>
    public static TrainedHead Train(HeadPlan plan, TermSpace space, int seed, TextWriter progress)
    {
        var trainer = new TermTrainer(plan, space, seed, progress);
        var counts = trainer.samples.CountBy(sample => sample.Label).Select(count => count.Value).ToList();
        bool[] balances = counts.Max() > counts.Min() * 2 ? [true, false] : [false];
        if ((long)trainer.samples.Count * plan.Labels.Count <= FewEnoughForAll)
            trainer.TryAll(balances);
        else
            trainer.Climb(balances);
        var best = trainer.attempts.OrderByDescending(attempt => attempt.Score).Take(2).ToList();
        return new TrainedHead([.. plan.Labels.Select((_, label) => Mean(best[0].Weights[label], best[^1].Weights[label]))], best[0].Score);
    }

    private static float[] Mean(float[] one, float[] other) => [.. one.Zip(other, (a, b) => (a + b) / 2)];

    private void TryAll(bool[] balances)
    {
        for (var cost = 0; cost < Costs.Length; cost++)
        {
            foreach (var balanced in balances)
                Reach(cost, balanced);
        }
    }

    /// <summary>Goes from a middling cost towards the better neighbour until it gets no better.</summary>
    private void Climb(bool[] balances)
    {
        var best = balances.Select(balanced => Reach(FirstCost, balanced)).MaxBy(attempt => attempt.Score)!;
        foreach (var step in new[] { 1, -1 })
        {
            var from = best;
            for (var cost = from.Cost + step; cost >= 0 && cost < Costs.Length && Reach(cost, from.Balanced) is var next && next.Score > best.Score; cost += step)
                best = next;
            if (best != from)
                break;
        }
    }

    /// <summary>The score is the mean of macro-F1 and macro recall: rare labels count, and both kinds of mistakes.</summary>
    private Attempt Reach(int cost, bool balanced)
    {
        var weights = trainer.Train(new MarginOptions(Costs[cost], balanced), seed);
        var figures = Figures.Of([.. held.Select(sample => new Outcome(plan.Labels[sample.Label], plan.Labels[IndexOfBest(weights, sample)], 1))]);
        progress.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{plan.Name}: cost {Costs[cost]}{(balanced ? ", balanced" : "")}: macro-F1 {figures.MacroF1:0.0000}, macro recall {figures.MacroRecall:0.0000} on {held.Count} texts"));
        var attempt = new Attempt(cost, balanced, (figures.MacroF1 + figures.MacroRecall) / 2, weights);
        attempts.Add(attempt);
        return attempt;
    }

    private static int IndexOfBest(float[][] weights, TermSample sample) =>
        Probabilities.IndexOfLargest(Array.ConvertAll(weights, label => MarginTrainer.Dot(label, sample)));

    private List<TermSample> Read(IEnumerable<LabelledText> texts, IReadOnlyList<bool> opinions)
    {
        var indexes = plan.Labels.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return [.. texts.Select(text => space.Read(text, indexes[text.Label], opinions))];
    }

    private sealed record Attempt(int Cost, bool Balanced, double Score, float[][] Weights);
}

/// <summary>A head as trained.</summary>
/// <param name="Weights">By label, a weight for each place of the space.</param>
/// <param name="Score">The mean of macro-F1 and macro recall on the texts that settings were chosen by.</param>
internal sealed record TrainedHead(float[][] Weights, double Score);
