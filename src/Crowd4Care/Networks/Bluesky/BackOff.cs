namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// How long to wait after a failure: twice as long after each further one, with a random part so that not all come back at once.
/// </summary>
internal sealed class BackOff(BlueskyOptions options)
{
    private int failures;

    public void Reset() => failures = 0;

    public TimeSpan Next()
    {
        var full = Math.Min(options.BackOffFirst.TotalSeconds * Math.Pow(2, Math.Min(failures++, 30)), options.BackOffLongest.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
