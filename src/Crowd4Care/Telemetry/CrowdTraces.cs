using System.Diagnostics;

namespace Crowd4Care.Telemetry;

/// <summary>
/// One trace a mention, from ingestion to reply. The trace's id is the mention's id, so every stage finds it again without anything being
/// stored or carried. All spans hang under a root that is never sent; its id follows from the mention's id, too.
/// </summary>
public static class CrowdTraces
{
    /// <summary>Name of the activity source.</summary>
    public const string SourceName = "Crowd4Care";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a span of one mention; null when nobody listens. Dispose it.</summary>
    public static Activity? Start(string stage, Guid mentionId) =>
        Source.HasListeners() ? Source.StartActivity(stage, ActivityKind.Internal, RootOf(mentionId)) : null;

    /// <summary>Notes a stage that is done for many mentions at once.</summary>
    /// <param name="started">The time stamp of <see cref="TimeProvider.System"/> when it began.</param>
    /// <param name="outcome">What came of it for a mention, in one of few words.</param>
    public static void Stage<T>(string stage, IEnumerable<T> items, Func<T, Guid> mention, long started, Func<T, string>? outcome = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(mention);
        if (!Source.HasListeners())
            return;

        var end = TimeProvider.System.GetUtcNow();
        var start = end - TimeProvider.System.GetElapsedTime(started);
        foreach (var item in items)
        {
            using var span = Source.StartActivity(stage, ActivityKind.Internal, RootOf(mention(item)), startTime: start);
            span?.SetEndTime(end.UtcDateTime);
            if (outcome is not null)
                span?.SetTag("outcome", outcome(item));
        }
    }

    /// <summary>Notes a stage that is done for many mentions at once.</summary>
    public static void Stage(string stage, IEnumerable<Guid> mentions, long started) => Stage(stage, mentions, id => id, started);

    internal static ActivityContext RootOf(Guid mentionId)
    {
        Span<byte> id = stackalloc byte[16];
        mentionId.TryWriteBytes(id, bigEndian: true, out _);
        return new ActivityContext(ActivityTraceId.CreateFromBytes(id), ActivitySpanId.CreateFromBytes(id[8..]), ActivityTraceFlags.Recorded, isRemote: true);
    }
}
