namespace Crowd4Care.Load.Throughput;

/// <summary>
/// How many mentions should have come after how many seconds. With bursts, a fifth of the time brings three fifths of the mentions, so
/// that the mean stays.
/// </summary>
internal sealed record RateSchedule(double PerSecond, bool Bursts)
{
    private const double Period = 20;
    private const double BurstLasts = 4;
    private const double BurstFactor = 3;
    private const double CalmFactor = 0.5;

    public long DueAfter(double seconds)
    {
        if (!Bursts)
            return (long)(PerSecond * seconds);

        var periods = Math.Floor(seconds / Period);
        var into = seconds - periods * Period;
        var calm = Math.Min(into, Period - BurstLasts);
        return (long)(PerSecond * (periods * Period + calm * CalmFactor + (into - calm) * BurstFactor));
    }
}
