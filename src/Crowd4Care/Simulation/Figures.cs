namespace Crowd4Care.Simulation;

/// <summary>What a policy is worth: of a run, or the mean over runs, or half the width of its confidence interval.</summary>
/// <param name="MatchQuality">How well the answers were, on average: true fit 0 to 1 of who answered.</param>
/// <param name="ResolvedShare">The share of all mentions that the crowd's answer solved, 0 to 1.</param>
/// <param name="WaitP50Seconds">Half of all mentions waited no longer for an advocate; what staff got counts with the time until then.</param>
/// <param name="WaitP95Seconds">The same of 95 in 100.</param>
/// <param name="ExpiredShare">The share of offers that ran out without a reaction, 0 to 1.</param>
/// <param name="Gini">How unevenly the answers for each hour of presence are spread over advocates, 0 to 1.</param>
/// <param name="NewcomerShare">The share of answers by newcomers, 0 to 1.</param>
/// <param name="OverflowShare">The share of all mentions that nobody took in time, 0 to 1; staff got them.</param>
public sealed record Figures(
    double MatchQuality, double ResolvedShare, double WaitP50Seconds, double WaitP95Seconds, double ExpiredShare, double Gini, double NewcomerShare, double OverflowShare)
{
    /// <summary>A figure for each figure, computed from its values in the runs.</summary>
    internal static Figures Of(IReadOnlyList<Figures> runs, Func<IReadOnlyList<double>, double> by)
    {
        double All(Func<Figures, double> figure) => by([.. runs.Select(figure)]);
        return new Figures(
            All(r => r.MatchQuality), All(r => r.ResolvedShare), All(r => r.WaitP50Seconds), All(r => r.WaitP95Seconds), All(r => r.ExpiredShare), All(r => r.Gini),
            All(r => r.NewcomerShare), All(r => r.OverflowShare));
    }
}
