using System.Globalization;
using Crowd4Care.Language;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Classification;

/// <summary>
/// Learns the brands' own heads from corrections, as soon as each label has enough examples. What was learned is used when it is right at least
/// as often as the keywords on the corrections that are held out.
/// </summary>
public sealed class BrandHeadTraining(CorrectionStore corrections, BrandHeadStore heads)
{
    /// <summary>How many examples each label needs.</summary>
    public const int LeastExamples = 10;

    /// <summary>Trains what can be trained.</summary>
    /// <returns>A sentence for each head.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(int seed, CancellationToken cancellationToken = default)
    {
        await heads.LookAsync(cancellationToken);
        var said = (await corrections.AllAsync(cancellationToken)).ToLookup(c => (c.BrandId, c.Head));
        var told = new List<string>();
        foreach (var (brandId, head) in heads.All)
        {
            var samples = TrainingSamples.Of(said[(brandId, head.Name)]);
            var (verdict, model) = Learn(head, Known(head, samples.Learning), Known(head, samples.Held), seed);
            if (model is not null)
                await heads.KeepAsync(brandId, head.Name, model, cancellationToken);
            told.Add($"{brandId}, {head.Name}: {verdict}");
        }

        return told;
    }

    internal static (string Verdict, MentionModel? Model) Learn(
        BrandHead head, IReadOnlyList<(string Text, string Label)> learning, IReadOnlyList<(string Text, string Label)> held, int seed)
    {
        var few = head.Labels.Select(l => (l.Label, Count: learning.Count(s => s.Label == l.Label))).MinBy(l => l.Count);
        if (few.Count < LeastExamples)
            return (string.Create(CultureInfo.InvariantCulture, $"by keywords; {few.Label} has {few.Count} of {LeastExamples} examples."), null);

        // The same texts in the same order give the same model.
        var ordered = learning.OrderBy(s => s.Text, StringComparer.Ordinal).ThenBy(s => s.Label, StringComparer.Ordinal).ToList();
        var model = TaskTrainer.Train(head.Name, [.. ordered.Select(s => new LabelledText(s.Text, s.Label))], seed: seed);
        var learned = new LearnedHead(head, model);
        var (before, after) = (held.Count(s => KeywordScorer.Of(head, s.Text)?.Label == s.Label), held.Count(s => learned.Score(s.Text, explain: false)?.Label == s.Label));
        var figures = string.Create(CultureInfo.InvariantCulture, $"right on {after} of {held.Count} held-out corrections, by keywords on {before}.");
        return after >= before ? ($"learned from {learning.Count} corrections, {figures}", model) : ($"by keywords; learning is {figures}", null);
    }

    private static List<(string Text, string Label)> Known(BrandHead head, IReadOnlyDictionary<string, IReadOnlyList<(string Text, string Label)>> samples) =>
        [.. samples.GetValueOrDefault(head.Name, []).Where(s => head.Labels.Any(l => l.Label == s.Label))];
}
