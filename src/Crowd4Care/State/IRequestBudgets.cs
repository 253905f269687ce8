namespace Crowd4Care.State;

/// <summary>How many requests each channel may still make, for all workers together.</summary>
public interface IRequestBudgets
{
    /// <summary>Takes one request out of a budget; null when there was one, otherwise when there will be.</summary>
    Task<DateTimeOffset?> TakeAsync(string name, RequestBudget budget);

    /// <summary>What is left of a budget; takes nothing.</summary>
    Task<BudgetState> LookAsync(string name, RequestBudget budget);

    /// <summary>Stops all requests of a budget for a while, because the network asked for it.</summary>
    Task PauseAsync(string name, DateTimeOffset until);
}

/// <summary>What is left of a budget.</summary>
/// <param name="Left">Requests that can be made at once; none while the network asked for a pause.</param>
/// <param name="FullAt">When the whole burst is there again; null when it is.</param>
/// <param name="PausedUntil">Until when the network asked for a pause; null when it did not.</param>
public sealed record BudgetState(int Left, DateTimeOffset? FullAt, DateTimeOffset? PausedUntil);

/// <summary>How fast requests may be made: <see cref="Burst"/> at once, and <see cref="Requests"/> more in each <see cref="Per"/>.</summary>
public sealed record RequestBudget(int Burst, int Requests, TimeSpan Per)
{
    /// <summary>Time in which one more request becomes possible.</summary>
    public TimeSpan Interval => Per / Requests;

    /// <summary>The largest budget that keeps a limit by the hour and one by the day, at whatever moment a network begins to count.</summary>
    public static RequestBudget Within(int perHour, int perDay)
    {
        // In any span: no more than the burst and what the span adds to it.
        var hourly = Math.Max(1, Math.Min((perDay - perHour) / 23, perHour / 2));
        return new RequestBudget(Math.Max(1, Math.Min(perHour - hourly, perDay - 24 * hourly)), hourly, TimeSpan.FromHours(1));
    }
}
