using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.State;

/// <summary>Tests that run once on the state in process and once on Redis: what holds for one has to hold for the other.</summary>
[TestFixture(StateDriver.InProcess)]
[TestFixture(StateDriver.OnRedis)]
public abstract class StateFixture(string kind)
{
    private protected FakeClock Clock { get; } = new();

    private protected StateDriver State { get; private set; } = null!;

    [SetUp]
    public void StartState() => State = StateDriver.Start(kind, Clock);

    [TearDown]
    public async Task StopStateAsync()
    {
        if (State is not null)
            await State.DisposeAsync();
    }
}
