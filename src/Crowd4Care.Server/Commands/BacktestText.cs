using System.Globalization;
using Crowd4Care.Routing.Backtest;

namespace Crowd4Care.Server.Commands;

/// <summary>A backtest's report as people read it at a terminal.</summary>
internal static class BacktestText
{
    private const int ExamplesShown = 3;
    private const int MostRows = 25;

    public static void Write(BacktestReport report, TextWriter output)
    {
        output.WriteLine(Text(
            $"{report.Mentions} mentions in {report.Seconds:0.0} s, compared with {(report.RuleSetVersion == 0 ? "the built-in rules" : $"version {report.RuleSetVersion}")}; left out: {report.LeftOut.Deleted} deleted, {report.LeftOut.Unscored} without a score."));
        output.WriteLine(Text($"{report.Changed} change, {report.PriorityChanged} get another priority."));
        output.WriteLine(Text($"To staff by a rule: {report.EscalationRate.Before:P1} before, {report.EscalationRate.After:P1} after."));
        output.WriteLine(Text($"Offers that nobody qualifies for: {report.NoCandidate.Before} before, {report.NoCandidate.After} after."));
        Table(output, "TARGET", report.ByTarget);
        Table(output, "RULE", report.ByRule);
        Table(output, "STAFF QUEUE", report.ByQueue);
        Table(output, "OFFERS BY SKILL", report.BySkill);
        foreach (var change in report.Changes)
        {
            output.WriteLine();
            output.WriteLine(Text($"{change.Mentions} from {change.From} to {change.To}, for example:"));
            foreach (var example in change.Examples.Take(ExamplesShown))
                output.WriteLine(Text($"  {example.Id}  {example.RuleBefore ?? BacktestReport.NoRule} -> {example.RuleAfter ?? BacktestReport.NoRule}  {example.Text.ReplaceLineEndings(" ")}"));
        }

        if (report.LanguagesMissed.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"No advocate speaks: {string.Join(", ", report.LanguagesMissed.Select(l => Text($"{l.Key} ({l.Value})")))}");
        }

        Waiting(output, report.Waiting);
    }

    private static void Table(TextWriter output, string title, IReadOnlyDictionary<string, BeforeAfter> rows)
    {
        if (rows.Count == 0)
            return;

        var width = Math.Max(title.Length, rows.Keys.Take(MostRows).Max(k => k.Length)) + 2;
        output.WriteLine();
        output.WriteLine($"{title.PadRight(width)}{"before",10}{"after",10}{"change",10}");
        foreach (var (name, row) in rows.Take(MostRows))
            output.WriteLine(Text($"{name.PadRight(width)}{row.Before,10}{row.After,10}{row.After - row.Before,10:+0;-0;0}"));
        if (rows.Count > MostRows)
            output.WriteLine(Text($"and {rows.Count - MostRows} more"));
    }

    private static void Waiting(TextWriter output, BacktestWaiting waiting)
    {
        if (waiting.ByTopic.Count == 0)
            return;

        var known = waiting.AnswersMeasured == 0 ? "assumed" : Text($"measured on {waiting.AnswersMeasured}");
        var width = Math.Max(26, waiting.ByTopic.Keys.Max(k => k.Length) + 2);
        output.WriteLine();
        output.WriteLine($"{"WAIT IN THE BUSIEST HOUR".PadRight(width)}{"before",14}{"after",14}   if all advocates are there; an answer takes {Text($"{waiting.AnswerMinutes:0.#}")} min ({known})");
        foreach (var (topic, row) in waiting.ByTopic.Take(MostRows))
            output.WriteLine($"{topic.PadRight(width)}{Wait(row.Before),14}{Wait(row.After),14}");
    }

    private static string Wait(WaitingTime time) => time.Minutes is { } minutes ? Text($"{minutes:0.0} min") : "ever longer";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
