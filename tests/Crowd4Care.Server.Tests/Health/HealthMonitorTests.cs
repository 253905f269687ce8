using Crowd4Care.Server.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crowd4Care.Server.Tests.Health;

public sealed class HealthMonitorTests
{
    private readonly Dictionary<string, HealthStatus> parts = new()
    {
        ["database"] = HealthStatus.Healthy, ["masstransit-bus"] = HealthStatus.Healthy, ["state"] = HealthStatus.Healthy, ["classifier"] = HealthStatus.Healthy,
    };

    private ServiceProvider services = null!;

    [SetUp]
    public void Build()
    {
        foreach (var name in parts.Keys)
            parts[name] = HealthStatus.Healthy;
        var collection = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<HealthMonitor>();
        foreach (var name in parts.Keys)
            collection.AddHealthChecks().AddCheck(name, () => new HealthCheckResult(parts[name], "secret words of a driver"));
        services = collection.BuildServiceProvider();
    }

    [TearDown]
    public void Dispose() => services.Dispose();

    [Test]
    public async Task All_is_well_when_all_parts_are()
    {
        var health = await LookAsync();
        Assert.That(health.Status, Is.EqualTo(Condition.Ok));
        Assert.That(health.Parts.Keys, Is.EqualTo(new[] { "bus", "classifier", "database", "state" }));
        Assert.That(health.Parts.Values.Select(p => p.Do), Is.All.Null);
    }

    [TestCase("database", Condition.Down)]
    [TestCase("masstransit-bus", Condition.Degraded)]
    [TestCase("state", Condition.Degraded)]
    [TestCase("classifier", Condition.Degraded)]
    public async Task Only_without_the_database_it_is_down(string part, object expected)
    {
        parts[part] = HealthStatus.Unhealthy;
        var health = await LookAsync();
        Assert.That(health.Status, Is.EqualTo(expected));
        var wrong = health.Parts.Values.Single(p => p.Status != Condition.Ok);
        Assert.That(wrong.Means, Is.Not.Empty);
        Assert.That(wrong.Do, Is.Not.Empty);
    }

    [Test]
    public async Task Since_when_is_told_from_the_first_look_that_saw_it()
    {
        var well = (await LookAsync()).Parts["state"].Since;
        parts["state"] = HealthStatus.Degraded;
        var broken = (await LookAsync()).Parts["state"].Since;
        Assert.That(broken, Is.GreaterThan(well));
        Assert.That((await LookAsync()).Parts["state"].Since, Is.EqualTo(broken));
        Assert.That((await LookAsync()).Parts["database"].Since, Is.EqualTo(well).Within(TimeSpan.FromSeconds(1)));
    }

    private Task<SystemHealth> LookAsync() => services.GetRequiredService<HealthMonitor>().LookAsync(default);
}
