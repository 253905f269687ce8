using System.Diagnostics.Metrics;

namespace Crowd4Care.Telemetry;

/// <summary>
/// What the product measures: a method for each fact, called where the fact happens. Labels take few values, and none is about a person.
/// </summary>
public static class CrowdMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Crowd4Care";

    private static readonly Meter Meter = new(MeterName);

    // From a good second to a bad hour.
    private static readonly InstrumentAdvice<double> Waits = new() { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600] };
    private static readonly InstrumentAdvice<double> Works = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
    private static readonly InstrumentAdvice<long> Sizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500] };

    private static readonly Counter<long> MentionsReceived = Meter.CreateCounter<long>(
        "crowd4care.mentions.received", "{mention}", "Mentions stored, by the way they came: stream or push.");

    private static readonly Counter<long> MentionsDuplicate = Meter.CreateCounter<long>(
        "crowd4care.mentions.duplicate", "{mention}", "Posts that were stored already, or came twice.");

    private static readonly Counter<long> MentionsClassified = Meter.CreateCounter<long>(
        "crowd4care.mentions.classified", "{mention}", "Mentions scored.");

    private static readonly Counter<long> MentionsRouted = Meter.CreateCounter<long>(
        "crowd4care.mentions.routed", "{mention}", "Decisions of the router, by outcome.");

    private static readonly Histogram<double> TimeToClassified = Meter.CreateHistogram(
        "crowd4care.mention.time_to_classified", "s", "From stored to scored.", null, Waits);

    private static readonly Histogram<double> TimeToRouted = Meter.CreateHistogram(
        "crowd4care.mention.time_to_routed", "s", "From stored to the first decision.", null, Waits);

    private static readonly Histogram<double> TimeToOffered = Meter.CreateHistogram(
        "crowd4care.mention.time_to_offered", "s", "From stored to the first offer.", null, Waits);

    private static readonly Histogram<double> TurnDuration = Meter.CreateHistogram(
        "crowd4care.routing.turn.duration", "s", "One turn of the router.", null, Works);

    private static readonly Histogram<long> TurnMentions = Meter.CreateHistogram(
        "crowd4care.routing.turn.mentions", "{mention}", "Mentions in one turn of the router.", null, Sizes);

    private static readonly Counter<long> OffersExpired = Meter.CreateCounter<long>(
        "crowd4care.offers.expired", "{offer}", "Offers that nobody took in time.");

    private static readonly Counter<long> Claims = Meter.CreateCounter<long>(
        "crowd4care.claims", "{claim}", "Claims, by outcome.");

    private static readonly Counter<long> ReplyAttempts = Meter.CreateCounter<long>(
        "crowd4care.reply.attempts", "{attempt}", "Tries to post a reply, by network and outcome.");

    private static readonly Histogram<double> TimeToPosted = Meter.CreateHistogram(
        "crowd4care.reply.time_to_posted", "s", "From handing in a reply until it stands on the network.", null, Waits);

    private static readonly Counter<long> SweepFound = Meter.CreateCounter<long>(
        "crowd4care.sweep.found", "{row}", "Rows whose wake-up was lost or late and that a sweep sent again, by stage.");

    private static readonly Histogram<double> DatabaseWrite = Meter.CreateHistogram(
        "crowd4care.database.write.duration", "s", "One write transaction, with waiting for its turn.", null, Works);

    private static readonly Gauge<long> MentionsUnrouted = Meter.CreateGauge<long>(
        "crowd4care.mentions.unrouted", "{mention}", "Mentions that wait for classification or routing.");

    private static readonly Gauge<double> UnroutedAge = Meter.CreateGauge<double>(
        "crowd4care.mentions.unrouted.age", "s", "Age of the oldest mention that waits for classification or routing.");

    private static readonly Gauge<long> RepliesWaiting = Meter.CreateGauge<long>(
        "crowd4care.replies.waiting", "{reply}", "Replies that do not stand on their network yet.");

    private static readonly Gauge<double> RepliesAge = Meter.CreateGauge<double>(
        "crowd4care.replies.waiting.age", "s", "Age of the oldest reply that does not stand on its network yet.");

    private static readonly Gauge<double> PointsLag = Meter.CreateGauge<double>(
        "crowd4care.points.lag", "s", "Age of the oldest fact that the points do not know yet.");

    private static readonly Gauge<double> ClassifierDrift = Meter.CreateGauge<double>(
        "crowd4care.classifier.drift", "{index}", "Population stability index of a head's labels: the last day against the 14 days before; 0 with too few mentions.");

    private static readonly Gauge<long> PeoplePresent = Meter.CreateGauge<long>(
        "crowd4care.people.present", "{person}", "People who are at the desk.");

    /// <summary>Posts came, from a stream or pushed.</summary>
    public static void Received(int stored, int duplicates, bool fromStream)
    {
        var source = new KeyValuePair<string, object?>("source", fromStream ? "stream" : "push");
        MentionsReceived.Add(stored, source);
        MentionsDuplicate.Add(duplicates, source);
    }

    /// <summary>Mentions were scored.</summary>
    public static void Classified(IReadOnlyCollection<DateTimeOffset> receivedAt)
    {
        ArgumentNullException.ThrowIfNull(receivedAt);
        MentionsClassified.Add(receivedAt.Count);
        foreach (var at in receivedAt)
            TimeToClassified.Record(Since(at));
    }

    /// <summary>The router decided on a mention.</summary>
    /// <param name="outcome">What it decided, in one of few words.</param>
    /// <param name="isFirst">Whether it is the first decision on this mention.</param>
    /// <param name="isFirstOffer">Whether it is offered for the first time.</param>
    public static void Routed(string outcome, DateTimeOffset receivedAt, bool isFirst, bool isFirstOffer)
    {
        MentionsRouted.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        if (isFirst)
            TimeToRouted.Record(Since(receivedAt));
        if (isFirstOffer)
            TimeToOffered.Record(Since(receivedAt));
    }

    /// <summary>The router did a turn.</summary>
    /// <param name="started">The time stamp of <see cref="TimeProvider.System"/> when it began.</param>
    public static void RoutingTurn(long started, int mentions)
    {
        TurnDuration.Record(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        TurnMentions.Record(mentions);
    }

    /// <summary>Offers ran out.</summary>
    public static void Expired(int offers) => OffersExpired.Add(offers);

    /// <summary>Somebody tried to claim.</summary>
    public static void Claimed(string outcome) => Claims.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A reply was handed to its network.</summary>
    public static void ReplyTried(string network, string outcome) =>
        ReplyAttempts.Add(1, new KeyValuePair<string, object?>("network", network), new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A reply stands on its network.</summary>
    public static void ReplyPosted(DateTimeOffset submittedAt) => TimeToPosted.Record(Since(submittedAt));

    /// <summary>A sweep found rows that did not advance.</summary>
    public static void Swept(string stage, int rows) => SweepFound.Add(rows, new KeyValuePair<string, object?>("stage", stage));

    /// <summary>A write transaction ended.</summary>
    /// <param name="started">The time stamp of <see cref="TimeProvider.System"/> when it was asked for.</param>
    public static void Wrote(long started) => DatabaseWrite.Record(TimeProvider.System.GetElapsedTime(started).TotalSeconds);

    /// <summary>How much waits for classification or routing.</summary>
    public static void Unrouted(long mentions, TimeSpan oldest)
    {
        MentionsUnrouted.Record(mentions);
        UnroutedAge.Record(oldest.TotalSeconds);
    }

    /// <summary>How many replies are on their way.</summary>
    public static void OnTheirWay(long replies, TimeSpan oldest)
    {
        RepliesWaiting.Record(replies);
        RepliesAge.Record(oldest.TotalSeconds);
    }

    /// <summary>The points read on in the journal.</summary>
    /// <param name="oldest">The time of the first fact that they did not know; null when they knew all.</param>
    public static void PointsRead(DateTimeOffset? oldest) => PointsLag.Record(oldest is { } at ? Since(at) : 0);

    /// <summary>How far the labels of a head have moved.</summary>
    public static void Drifted(string head, double index) => ClassifierDrift.Record(index, new KeyValuePair<string, object?>("head", head));

    /// <summary>How many people are here.</summary>
    public static void Present(int people) => PeoplePresent.Record(people);

    // Two machines' clocks differ.
    private static double Since(DateTimeOffset at) => Math.Max(0, (TimeProvider.System.GetUtcNow() - at).TotalSeconds);
}
