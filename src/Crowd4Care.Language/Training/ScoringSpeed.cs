using System.Diagnostics;

namespace Crowd4Care.Language.Training;

/// <summary>How fast a model scores texts that lie in memory, all heads at once.</summary>
/// <param name="TextsPerSecondOneThread">On one thread.</param>
/// <param name="TextsPerSecondAllThreads">On as many threads as this process may use cores.</param>
/// <param name="BytesPerText">What one text allocates once everything is warm.</param>
/// <param name="Heads">The heads that were asked.</param>
public sealed record ScoringSpeed(
    double TextsPerSecondOneThread, double TextsPerSecondAllThreads, double BytesPerText, IReadOnlyList<string> Heads)
{
    /// <summary>Between two looks at the clock.</summary>
    private const int Stretch = 64;

    /// <summary>The compiler takes about a second to see what is worth its best.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Measures on one thread, then on all cores.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">The texts, scored again and again in their order.</param>
    /// <param name="time">How long each of the two takes, at least; on one thread only whole passes over the texts count.</param>
    public static ScoringSpeed Measure(MentionModel model, IReadOnlyList<string> texts, TimeSpan time)
    {
        string[] all = [.. texts];
        var (oneThread, bytes) = OneThread(model, all, time);
        return new ScoringSpeed(oneThread, AllThreads(model, all, time), bytes, [.. model.Heads.Select(head => head.Name)]);
    }

    private static (double TextsPerSecond, double BytesPerText) OneThread(MentionModel model, string[] texts, TimeSpan time)
    {
        var probabilities = new float[model.LabelCount];
        Passes(WarmUp);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (scored, seconds) = Passes(time);
        return (scored / seconds, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)scored);

        (long Scored, double Seconds) Passes(TimeSpan atLeast)
        {
            var (start, scored) = (Stopwatch.GetTimestamp(), 0L);
            do
            {
                foreach (var text in texts)
                    model.Score(text, probabilities);
                scored += texts.Length;
            }
            while (Stopwatch.GetElapsedTime(start) < atLeast);
            return (scored, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }

    private static double AllThreads(MentionModel model, string[] texts, TimeSpan time)
    {
        var scored = 0L;
        using var start = new Barrier(Environment.ProcessorCount);
        var threads = Enumerable.Range(0, start.ParticipantCount).Select(number => new Thread(() =>
        {
            var probabilities = new float[model.LabelCount];
            var at = number * texts.Length / start.ParticipantCount;
            var own = 0L;
            start.SignalAndWait();
            for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time; own += Stretch)
            {
                for (var i = 0; i < Stretch; i++, at = at + 1 < texts.Length ? at + 1 : 0)
                    model.Score(texts[at], probabilities);
            }

            Interlocked.Add(ref scored, own);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return scored / time.TotalSeconds;
    }
}
