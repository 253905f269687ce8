namespace Crowd4Care.Classification;

/// <summary>
/// The population stability index: how far a mix of labels has moved. With p the share of a label now and q its share before,
/// <c>PSI = Σ (p − q) · ln(p / q)</c> over all labels. Under 0.1 is no change to speak of, over 0.25 a large one
/// (N. Siddiqi, "Credit Risk Scorecards", Wiley 2006). A label that one side lacks is counted there as half a mention, so that the
/// logarithm exists.
/// </summary>
public static class StabilityIndex
{
    /// <summary>From here on somebody should look.</summary>
    public const double Alarm = 0.25;

    /// <summary>With fewer mentions on a side the index jumps by chance.</summary>
    public const int LeastMentions = 500;

    /// <summary>Compares two counts of labels; 0 where one side is empty.</summary>
    public static double Of(IReadOnlyDictionary<string, int> now, IReadOnlyDictionary<string, int> before)
    {
        if (now.Values.Sum() == 0 || before.Values.Sum() == 0)
            return 0;

        var labels = now.Keys.Union(before.Keys).ToList();
        var (all, allBefore) = (labels.Sum(l => Counted(now, l)), labels.Sum(l => Counted(before, l)));
        return labels.Sum(label =>
        {
            var (p, q) = (Counted(now, label) / all, Counted(before, label) / allBefore);
            return (p - q) * Math.Log(p / q);
        });
    }

    private static double Counted(IReadOnlyDictionary<string, int> counts, string label) => counts.GetValueOrDefault(label) is var count and > 0 ? count : 0.5;
}
