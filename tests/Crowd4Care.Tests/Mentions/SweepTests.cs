using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Storage;
using Crowd4Care.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crowd4Care.Tests.Mentions;

public sealed class SweepTests
{
    [Test]
    public async Task A_look_that_fails_is_followed_by_another()
    {
        var clock = new FakeClock();
        using var storage = new StorageDriver();
        await storage.Migrations.ApplyAsync();
        using var sweep = new FailingSweep(new Leases(storage.Database, clock), clock, NullLogger.Instance);
        await sweep.StartAsync(default);
        await Poll.UntilAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return sweep.Looks >= 3;
            },
            "three looks");
        await sweep.StopAsync(default);
    }

    private sealed class FailingSweep(Leases leases, TimeProvider clock, ILogger logger) : Sweep(leases, clock, logger)
    {
        private int looks;

        public int Looks => Volatile.Read(ref looks);

        protected override Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref looks);
            throw new InvalidOperationException("The database is away.");
        }
    }
}
