namespace Crowd4Care.Load.Faults;

/// <summary>One way to break something, and to mend it.</summary>
internal sealed record Fault(string Name, Func<CancellationToken, Task> BreakAsync, Func<CancellationToken, Task> MendAsync)
{
    public static Fault Of(string name, Action breaks, Action mends) => new(
        name,
        _ =>
        {
            breaks();
            return Task.CompletedTask;
        },
        _ =>
        {
            mends();
            return Task.CompletedTask;
        });
}

/// <summary>Deals faults like cards: each comes once before one comes again, in an order that the seed chooses.</summary>
internal sealed class FaultDeck(IReadOnlyList<Fault> faults, int seed)
{
    private const double Shortest = 1;
    private const double Longest = 8;

    private readonly Random random = new(seed);
    private readonly Queue<Fault> left = new();

    public (Fault Fault, TimeSpan Lasts, TimeSpan Before) Next()
    {
        if (left.Count == 0)
        {
            var shuffled = faults.ToArray();
            random.Shuffle(shuffled);
            foreach (var fault in shuffled)
                left.Enqueue(fault);
        }

        return (left.Dequeue(), TimeSpan.FromSeconds(Shortest + random.NextDouble() * (Longest - Shortest)), TimeSpan.FromSeconds(0.3 + 1.5 * random.NextDouble()));
    }
}
