using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using Dapper;

namespace Crowd4Care.Classification;

/// <summary>
/// Compares what the model said in the last day with the 14 days before, over all brands: it is one model. Of every hour the first mentions
/// are taken, up to a number, so that it costs the same however many come, and night and day weigh the same on both sides.
/// </summary>
public sealed class DriftMonitor(Database database, TimeProvider clock) : IDisposable
{
    private const int HoursNow = 24;
    private const int HoursBefore = 14 * 24;
    private const int MostAnHourNow = 200;
    private const int MostAnHourBefore = 30;

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>The last comparison of this process; null before the first.</summary>
    public DriftReport? Last { get; private set; }

    /// <summary>A comparison that is at most some minutes old.</summary>
    public async Task<DriftReport> LookAsync(CancellationToken cancellationToken = default)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (Last is { } last && clock.GetUtcNow() - last.At < Lasts)
                return last;

            Last = await CompareAsync(cancellationToken);
            foreach (var head in Last.Heads)
                CrowdMetrics.Drifted(head.Head, head.IsMeasured ? head.Index : 0);
            return Last;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task<DriftReport> CompareAsync(CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        await using var connection = await database.OpenAsync(cancellationToken);
        var (now, before) = (new LabelCounts(), new LabelCounts());
        for (var hour = 1; hour <= HoursNow + HoursBefore; hour++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Ids are in the order of their times.
            var heads = await connection.QueryAsync<string>(
                "SELECT heads FROM scores WHERE mention_id >= @from AND mention_id < @to ORDER BY mention_id LIMIT @limit",
                new { from = Ids.FirstOf(at.AddHours(-hour)), to = Ids.FirstOf(at.AddHours(1 - hour)), limit = hour <= HoursNow ? MostAnHourNow : MostAnHourBefore });
            foreach (var one in heads)
                (hour <= HoursNow ? now : before).Add(ScoreColumn.Read(one));
        }

        return new DriftReport(at, [.. now.ByHead.Keys.Union(before.ByHead.Keys).Order(StringComparer.Ordinal).Select(head => HeadDrift.Of(head, now.Of(head), before.Of(head)))]);
    }

    private sealed class LabelCounts
    {
        public Dictionary<string, Dictionary<string, int>> ByHead { get; } = [];

        public IReadOnlyDictionary<string, int> Of(string head) => ByHead.GetValueOrDefault(head, []);

        public void Add(IReadOnlyList<Score> scores)
        {
            // A brand's own heads are no matter of the model.
            foreach (var score in scores.Where(s => s.By is null))
            {
                if (!ByHead.TryGetValue(score.Head, out var counts))
                    ByHead[score.Head] = counts = [];
                counts[score.Label] = counts.GetValueOrDefault(score.Label) + 1;
            }
        }
    }
}

/// <summary>How the mix of labels has moved.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Heads">Each head.</param>
public sealed record DriftReport(DateTimeOffset At, IReadOnlyList<HeadDrift> Heads);

/// <summary>How the mix of one head's labels has moved.</summary>
/// <param name="Head">The head.</param>
/// <param name="Index">The population stability index, see <see cref="StabilityIndex"/>.</param>
/// <param name="Now">How many mentions of the last day were looked at.</param>
/// <param name="Before">How many of the 14 days before.</param>
/// <param name="Shifts">The labels whose shares moved, the farthest first.</param>
public sealed record HeadDrift(string Head, double Index, int Now, int Before, IReadOnlyList<LabelShift> Shifts)
{
    /// <summary>Whether there are enough mentions to say anything.</summary>
    public bool IsMeasured => Now >= StabilityIndex.LeastMentions && Before >= StabilityIndex.LeastMentions;

    /// <summary>Whether somebody should look.</summary>
    public bool IsAlarm => IsMeasured && Index > StabilityIndex.Alarm;

    internal static HeadDrift Of(string head, IReadOnlyDictionary<string, int> now, IReadOnlyDictionary<string, int> before)
    {
        var (all, allBefore) = (now.Values.Sum(), before.Values.Sum());
        var shifts = now.Keys.Union(before.Keys)
            .Select(label => new LabelShift(label, Share(now, label, all), Share(before, label, allBefore)))
            .OrderByDescending(s => Math.Abs(s.Now - s.Before)).ThenBy(s => s.Label, StringComparer.Ordinal);
        return new HeadDrift(head, StabilityIndex.Of(now, before), all, allBefore, [.. shifts]);
    }

    private static double Share(IReadOnlyDictionary<string, int> counts, string label, int all) => all == 0 ? 0 : (double)counts.GetValueOrDefault(label) / all;
}

/// <summary>A label's share.</summary>
/// <param name="Label">The label.</param>
/// <param name="Now">In the last day.</param>
/// <param name="Before">In the 14 days before.</param>
public sealed record LabelShift(string Label, double Now, double Before);
