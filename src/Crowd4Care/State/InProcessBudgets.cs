namespace Crowd4Care.State;

/// <summary>The budgets of this process alone.</summary>
internal sealed class InProcessBudgets(TimeProvider clock) : IRequestBudgets
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> full = [];
    private readonly Dictionary<string, DateTimeOffset> pauses = [];

    /// <inheritdoc/>
    public Task<DateTimeOffset?> TakeAsync(string name, RequestBudget budget)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (pauses.TryGetValue(name, out var until) && until > now)
                return Task.FromResult<DateTimeOffset?>(until);

            (full[name], var next) = TokenBucket.Take(full.GetValueOrDefault(name), budget, TokenBucket.Microseconds(now));
            return Task.FromResult(next is { } at ? TokenBucket.Time(at) : (DateTimeOffset?)null);
        }
    }

    /// <inheritdoc/>
    public Task<BudgetState> LookAsync(string name, RequestBudget budget)
    {
        var now = TokenBucket.Microseconds(clock.GetUtcNow());
        lock (gate)
        {
            var pause = pauses.TryGetValue(name, out var until) ? TokenBucket.Microseconds(until) : 0;
            return Task.FromResult(TokenBucket.Look(full.GetValueOrDefault(name), pause, budget, now));
        }
    }

    /// <inheritdoc/>
    public Task PauseAsync(string name, DateTimeOffset until)
    {
        lock (gate)
        {
            if (until > pauses.GetValueOrDefault(name))
                pauses[name] = until;
        }

        return Task.CompletedTask;
    }
}
