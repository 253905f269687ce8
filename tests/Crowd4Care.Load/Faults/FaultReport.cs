using System.Globalization;
using System.Text;
using Crowd4Care.Load.Checks;

namespace Crowd4Care.Load.Faults;

/// <summary>A result in Markdown, for people.</summary>
internal static class FaultReport
{
    public static string Write(FaultResult result, IReadOnlyList<RoundResult> rounds, IReadOnlyList<Violation> violations)
    {
        var text = new StringBuilder();
        Line($"## Faults: {result.Size}, {result.Rounds} rounds, seed {result.Seed}");
        Line($"");
        Line($"| What | Figure |");
        Line($"|---|---:|");
        Line($"| mentions accepted | {result.Accepted:N0} |");
        Line($"| replies accepted; on the network | {result.RepliesAccepted:N0}; {result.RepliesOnNetwork:N0} |");
        Line($"| lost | **{result.Lost}** |");
        Line($"| replies doubled | **{result.DoubledReplies}** |");
        Line($"| points doubled | **{result.DoubledPoints}** |");
        Line($"| other violations | **{result.OtherViolations}** |");
        Line($"| recovery, p95 and longest | **{result.RecoveryP95Seconds:0.0} s**, {result.RecoveryLongestSeconds:0.0} s |");
        Line($"| the stream caught up, p95 | {result.StreamRecoveryP95Seconds:0.0} s |");
        Line($"| whole time | {result.Seconds / 60:0.0} min |");
        Line($"");
        Line($"| Round | Fault | Lasted | Recovered after | Stream after |");
        Line($"|---:|---|---:|---:|---:|");
        foreach (var round in rounds)
            Line($"| {round.Round} | {round.Fault} | {round.Lasted:0.0} s | {round.Recovery:0.0} s | {round.Stream:0.0} s |");
        if (violations.Count > 0)
            Line($"\nViolations:\n");
        foreach (var violation in violations)
            Line($"* {violation.Kind}: {violation.Text}");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
