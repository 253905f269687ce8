using Crowd4Care.Bus;
using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using Crowd4Care.Mentions;
using Crowd4Care.Networks;
using Crowd4Care.Routing;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Tests.Storage.Volume;

/// <summary>The modules over a database with a million mentions.</summary>
internal sealed class VolumeDriver : IAsyncDisposable
{
    private readonly RecordingDatabase database;
    private readonly ServiceProvider services;

    private VolumeDriver(RecordingDatabase database)
    {
        this.database = database;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:KeepDays", "30")]).Build();
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<INetwork>(new ScriptedNetwork())
            .AddStorage(configuration)
            .AddSingleton<Database>(database)
            .AddState(configuration)
            .AddMentions(ProcessRoles.None)
            .AddNetworks()
            .AddClassification(configuration, ProcessRoles.None)
            .AddMentionRouting(ProcessRoles.None)
            .AddEngagement(configuration, ProcessRoles.None)
            .AddEscalation()
            .AddCommunity(configuration, ProcessRoles.None)
            .AddWakeUps(configuration)
            .AddMassTransitTestHarness(bus => bus.DisableUsageTelemetry())
            .BuildServiceProvider();
    }

    /// <summary>Shows the moment after the last mention has come; everything due within the hour is due.</summary>
    public FakeClock Clock { get; } = new();

    public Database Database => database;

    public static Guid MentionId(int number) => Guid.Parse($"01980000-0000-7000-8000-{number:D12}");

    public static Guid CorrectionId(int number) => Guid.Parse($"01980005-0000-7000-8000-{number:D12}");

    public static Guid PersonId(int number) => Guid.Parse($"01970000-0000-7000-8000-{number:D12}");

    public static Guid ConversationId(int number) => Guid.Parse($"01980000-0000-8000-8000-{number:D12}");

    public static async Task<VolumeDriver> StartAsync(string engine)
    {
        RecordingDatabase database = engine == SqlDialect.Postgres.Name ? await PostgresPlans.StartAsync() : await SqlitePlans.StartAsync();
        var driver = new VolumeDriver(database);
        try
        {
            await database.FillAsync();
            driver.Clock.Advance(TimeSpan.FromHours(1));
            await driver.Get<MassTransit.Testing.ITestHarness>().Start();
            return driver;
        }
        catch
        {
            await driver.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Runs a query and returns how its statements were carried out.</summary>
    public async Task<IReadOnlyList<Executed>> RunAsync(Func<VolumeDriver, Task> query)
    {
        await database.TakeAsync();
        for (var i = 0; i < database.Repetitions; i++)
            await query(this);
        return await database.TakeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
