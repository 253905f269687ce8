using System.Globalization;

namespace Crowd4Care.Classification;

/// <summary>
/// When a candidate takes its parent's place: it is right more often on the corrections that are held out, of which there must be enough,
/// and no head loses more than a point of macro-F1 on the product's own held-out posts.
/// </summary>
public static class PromotionRule
{
    /// <summary>With fewer corrections held out, a better figure is chance.</summary>
    public const int LeastHeld = 20;

    /// <summary>What a head may lose in macro-F1 on the own posts: they are few, one text is about half a point.</summary>
    public const double MostLost = 0.01;

    private const double Rounding = 1e-9;

    /// <summary>Decides.</summary>
    public static Verdict Decide(TrainingFigures figures)
    {
        var (count, before, after) = (figures.Corrections.Sum(h => h.After.Count), figures.Corrections.Sum(h => h.Before.Right), figures.Corrections.Sum(h => h.After.Right));
        if (count < LeastHeld)
            return new(false, Text($"Only {count} corrections are held out; {LeastHeld} are needed to tell whether it is better."));
        if (figures.Own.Where(h => h.Before.MacroF1 - h.After.MacroF1 > MostLost + Rounding).MaxBy(h => h.Before.MacroF1 - h.After.MacroF1) is { } worse)
            return new(false, Text($"Worse on the own posts: {worse.Head} falls from macro-F1 {worse.Before.MacroF1:0.000} to {worse.After.MacroF1:0.000}."));
        return after > before
            ? new(true, Text($"Better: right on {after} of {count} held-out corrections, before on {before}."))
            : new(false, Text($"Not better: right on {after} of {count} held-out corrections, before on {before}."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Whether a candidate is better.</summary>
/// <param name="Promote">Whether it should be live.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record Verdict(bool Promote, string Reason);
