using Crowd4Care.Bus;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Networks;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;
using MassTransit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Tests.Bus;

/// <summary>The modules of some roles over a database file and a real broker, as a process has them. Several may share the file and the broker.</summary>
internal sealed class BusHost : IAsyncDisposable
{
    private readonly IHost host;

    private BusHost(IHost host) => this.host = host;

    /// <summary>The broker for tests; the test is ignored without one.</summary>
    public static Uri Broker => Environment.GetEnvironmentVariable("CROWD4CARE_TEST_RABBITMQ") is { Length: > 0 } url
        ? new Uri(url)
        : throw new IgnoreException("CROWD4CARE_TEST_RABBITMQ is not set.");

    public static async Task<BusHost> StartAsync(
        string folder, string prefix, ProcessRoles roles = ProcessRoles.All, Uri? broker = null, IEnumerable<INetwork>? networks = null,
        Action<IBusRegistrationConfigurator>? more = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Test" });
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new TestLog());
        builder.Configuration.AddInMemoryCollection(
        [
            new("Storage:DataDirectory", folder), new("Storage:Synchronous", "NORMAL"), new("Bus:Transport", BusOptions.RabbitMq),
            new("Bus:Url", (broker ?? Broker).ToString()), new("Bus:Prefix", prefix), new("Bus:PublishSeconds", "2"),
        ]);
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        foreach (var network in networks ?? [])
            builder.Services.AddSingleton(network);
        builder.Services.AddCrowd4Care(builder.Configuration, roles, more);
        var started = new BusHost(builder.Build());
        await started.Get<Migrations>().ApplyAsync();
        await started.Get<BrandStore>().EnsureAsync(CrowdDriver.Brand, "Brand");
        await started.host.StartAsync();
        return started;
    }

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Waits until the bus is connected and its queues are there.</summary>
    public async Task ReadyAsync() =>
        await Poll.UntilAsync(() => Get<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy, "the bus is ready");

    public Task<MentionStatus> RoutedAsync(Guid id) => Poll.UntilAsync(
        async () => (await Get<MentionStore>().FindAsync(id))!.Status, s => s is not (MentionStatus.Received or MentionStatus.Classified), "the mention is routed");

    /// <summary>A reply that is on its way to a network.</summary>
    public async Task<Guid> ReplyAsync(Person person, string network)
    {
        var id = (await Get<Database>().WriteAsync(t => Get<MentionStore>().InsertAsync(t, CrowdDriver.Brand, null, [PreparedPost.Of(Some.Post() with { Network = network }, DateTimeOffset.MaxValue)])))[0];
        await Get<Database>().WriteAsync(t => Get<MentionLifecycle>().ApplyAsync(t, MentionChange.Classified(id, Some.Score())));
        await Get<Database>().WriteAsync(t => Get<MentionLifecycle>().ApplyAsync(t, MentionChange.Opened(id, 0, new { })));
        var claim = await Get<ClaimDesk>().ClaimAsync(id, CrowdDriver.Brand, person.Id, person.Role);
        var result = await Get<ReplyDesk>().SubmitAsync(id, CrowdDriver.Brand, person.Id, person.Name, claim.Fence, "Restart it.");
        Assert.That(result.Outcome, Is.EqualTo(ReplyOutcome.Submitted));
        return result.ReplyId!.Value;
    }

    public async Task<Person> AgentAsync() => (await Get<PeopleStore>().AddAsync(
        new Person { BrandId = CrowdDriver.Brand, Login = Some.Word("agent"), Name = "Sam", Role = Role.Agent, Capacity = 100, Trust = 4 }, [], null))!;

    public Task ChannelAsync(string network) => Get<ChannelStore>().SaveAsync(
        new ChannelConnection { Id = Some.Id(), BrandId = CrowdDriver.Brand, Network = network, Settings = "{}" }, network, enabled: true);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    // What the host says belongs to the test that runs it.
    private sealed class TestLog : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                TestContext.Progress.WriteLine($"{logLevel}: {formatter(state, exception)} {exception?.Message}");
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
