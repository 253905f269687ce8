using Crowd4Care.State;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.State;

public sealed class TokenBucketTests
{
    [Test]
    public async Task The_script_and_the_function_come_to_the_same_results()
    {
        var clock = new FakeClock();
        await using var redis = StateDriver.Start(StateDriver.OnRedis, clock);
        await using var here = StateDriver.Start(StateDriver.InProcess, clock);
        var random = new Random(7);
        var refused = 0;
        foreach (var budget in new[] { new RequestBudget(5, 7, TimeSpan.FromSeconds(3)), RequestBudget.Within(1666, 11666), new(1, 1_000_000, TimeSpan.FromSeconds(1)) })
        {
            var channel = Some.Word("channel");
            for (var i = 0; i < 400; i++)
            {
                clock.Advance(TimeSpan.FromMicroseconds(random.Next(0, 600_000)));
                var expected = await here.Budgets.TakeAsync(channel, budget);
                Assert.That(await redis.Budgets.TakeAsync(channel, budget), Is.EqualTo(expected), $"call {i}");
                refused += expected is null ? 0 : 1;
            }
        }

        Assert.That(refused, Is.GreaterThan(50), "the sequence meets an empty bucket often");
    }

    [TestCase(1666, 11_666)]
    [TestCase(30, 300)]
    [TestCase(100, 100)]
    [TestCase(2, 48)]
    [TestCase(50, 10_000_000)]
    public void A_budget_within_an_hour_and_a_day_keeps_both_limits(int perHour, int perDay)
    {
        var budget = RequestBudget.Within(perHour, perDay);
        var takenAt = new List<long>();
        var (full, now, end) = (0L, TokenBucket.Microseconds(Some.Noon), TokenBucket.Microseconds(Some.Noon.AddDays(2)));
        while (now < end)
        {
            (full, var next) = TokenBucket.Take(full, budget, now);
            if (next is { } at)
                now = at;
            else
                takenAt.Add(now);
        }

        Assert.That(Most(takenAt, TimeSpan.FromHours(1)), Is.InRange(1, perHour));
        Assert.That(Most(takenAt, TimeSpan.FromDays(1)), Is.InRange(Math.Min(perDay, 24 * perHour) / 3, perDay));
    }

    // The most requests in any span of a length.
    private static int Most(List<long> times, TimeSpan span)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] >= span.Ticks / TimeSpan.TicksPerMicrosecond)
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
