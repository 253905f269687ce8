using System.Globalization;
using System.Text;

namespace Crowd4Care.Simulation;

/// <summary>Draws results as SVG: what share was resolved, and how long people waited, with confidence intervals. Readable on light and dark ground.</summary>
public static class SimulationPlot
{
    private const int Left = 110;
    private const int Top = 56;
    private const int Row = 34;
    private const int Plot = 290;
    private const int Between = 70;
    private const int Ticks = 4;

    /// <summary>The drawing's text.</summary>
    public static string Svg(SimulationResult result)
    {
        var (width, bottom) = (Left + 2 * Plot + Between + 30, Top + Row * result.Policies.Count);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom + 58}" width="{width}" height="{bottom + 58}" role="img" aria-label="What routing policies are worth">
            <style>
            .ground {"{"} fill: #fff {"}"} text {"{"} font: 13px system-ui, sans-serif; fill: #1f2328 {"}"} .small {"{"} font-size: 11px; fill: #59636e {"}"} .grid {"{"} stroke: #d1d9e0 {"}"}
            .bar {"{"} fill: #8c959f {"}"} .own {"{"} fill: #0969da {"}"} .interval {"{"} stroke: #1f2328; stroke-width: 1.5 {"}"} .own-text {"{"} font-weight: 600 {"}"}
            @media (prefers-color-scheme: dark) {"{"}
            .ground {"{"} fill: #0d1117 {"}"} text {"{"} fill: #e6edf3 {"}"} .small {"{"} fill: #9198a1 {"}"} .grid {"{"} stroke: #30363d {"}"}
            .bar {"{"} fill: #656c76 {"}"} .own {"{"} fill: #4493f8 {"}"} .interval {"{"} stroke: #e6edf3 {"}"}
            {"}"}
            </style>
            <rect class="ground" width="100%" height="100%"/>

            """);
        for (var i = 0; i < result.Policies.Count; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 10}\" y=\"{Middle(i) + 5}\" text-anchor=\"end\"{Own(result, i, " class=\"own-text\"")}>{result.Policies[i].Name}</text>\n");
        Panel(svg, result, Left, bottom, "Resolved by the crowd", "share of all mentions", f => f.ResolvedShare, "0.00");
        Panel(svg, result, Left + Plot + Between, bottom, "Waiting for an advocate, 95th percentile", "seconds", f => f.WaitP95Seconds, "0");
        svg.Append(CultureInfo.InvariantCulture,
            $"<text class=\"small\" x=\"{Left}\" y=\"{bottom + 50}\">{result.Advocates} advocates, {result.Mentions} mentions, {result.Seeds} seeds, {result.HistoryDays} days of history; lines are 95 % confidence intervals</text>\n</svg>\n");
        return svg.ToString();
    }

    private static void Panel(StringBuilder svg, SimulationResult result, int left, int bottom, string title, string axis, Func<Figures, double> of, string format)
    {
        var step = Step(result.Policies.Max(p => of(p.Mean) + of(p.PlusMinus)));
        double At(double value) => left + Plot * Math.Clamp(value / (step * Ticks), 0, 1);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left}\" y=\"24\" class=\"own-text\">{title}</text>\n");
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var x = At(tick * step);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top - 14}\" y2=\"{bottom}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"small\" x=\"{x:0.#}\" y=\"{bottom + 15}\" text-anchor=\"middle\">{(tick * step).ToString("0.###", CultureInfo.InvariantCulture)}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"small\" x=\"{left + Plot / 2}\" y=\"{bottom + 31}\" text-anchor=\"middle\">{axis}</text>\n");
        for (var i = 0; i < result.Policies.Count; i++)
        {
            var (mean, half) = (of(result.Policies[i].Mean), of(result.Policies[i].PlusMinus));
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar{Own(result, i, " own")}\" x=\"{left}\" y=\"{Middle(i) - 9}\" width=\"{At(mean) - left:0.#}\" height=\"18\" rx=\"2\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"interval\" x1=\"{At(mean - half):0.#}\" x2=\"{At(mean + half):0.#}\" y1=\"{Middle(i)}\" y2=\"{Middle(i)}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"small\" x=\"{At(mean + half) + 5:0.#}\" y=\"{Middle(i) + 4}\">{mean.ToString(format, CultureInfo.InvariantCulture)}</text>\n");
        }
    }

    private static string Own(SimulationResult result, int policy, string text) => result.Policies[policy].Name == MatcherPolicy.PolicyName ? text : "";

    private static int Middle(int policy) => Top + Row * policy + Row / 2 - 8;

    // 1, 2, 2.5 or 5 times a power of ten, so that the ticks are round and leave room for the figures.
    private static double Step(double most)
    {
        if (most <= 0)
            return 1;

        var least = most * 1.12 / Ticks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * new[] { 1, 2, 2.5, 5, 10 }.First(factor => factor * power >= least * 0.999);
    }
}
