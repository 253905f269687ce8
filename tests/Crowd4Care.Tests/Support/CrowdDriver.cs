using System.Data.Common;
using Crowd4Care.Bus;
using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using Crowd4Care.Ingestion;
using Crowd4Care.Mentions;
using Crowd4Care.Networks;
using Crowd4Care.Routing;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Dapper;
using MassTransit;
using MassTransit.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Tests.Support;

/// <summary>
/// The modules over a real database file and an in-memory bus, with a clock that the test moves and a network that it scripts.
/// Sweeps don't run by themselves.
/// </summary>
internal sealed class CrowdDriver : IAsyncDisposable
{
    public const string Brand = BrandStore.DefaultId;

    private readonly TempFolder folder = new();
    private readonly PublishRecorder published = new();
    private readonly ServiceProvider services;

    private readonly string? postgres;

    private CrowdDriver(string? postgres, Action<IBusRegistrationConfigurator>? consumers, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        this.postgres = postgres;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                new("Storage:DataDirectory", folder.FullName), new("Storage:Synchronous", "NORMAL"),
                new("Storage:Engine", postgres is null ? SqlDialect.Sqlite.Name : SqlDialect.Postgres.Name), new("Storage:ConnectionString", postgres),
                .. settings,
            ])
            .Build();
        var collection = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<INetwork>(Network)
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddStorage(configuration)
            .AddState(configuration)
            .AddMentions(ProcessRoles.None)
            .AddNetworks()
            .AddIngestion(ProcessRoles.None)
            .AddClassification(configuration, ProcessRoles.None)
            .AddMentionRouting(ProcessRoles.None)
            .AddEngagement(configuration, ProcessRoles.None)
            .AddEscalation()
            .AddCommunity(configuration, ProcessRoles.None)
            .AddWakeUps(configuration);
        collection.AddMassTransitTestHarness(bus =>
        {
            bus.DisableUsageTelemetry();
            consumers?.Invoke(bus);
            var sends = collection.Any(s => s.ServiceType == typeof(SendReply));
            bus.UsingInMemory((context, transport) =>
            {
                transport.AddEngagement(context, sends ? ProcessRoles.Reply : ProcessRoles.None);
                transport.ConfigureEndpoints(context);
            });
        });
        services = collection.BuildServiceProvider();
    }

    public FakeClock Clock { get; } = new();

    public ScriptedNetwork Network { get; } = new();

    public IServiceProvider Services => services;

    public Database Database => Get<Database>();

    public ITestHarness Harness => Get<ITestHarness>();

    public static Task<CrowdDriver> StartAsync(
        Action<IBusRegistrationConfigurator>? consumers = null, params IEnumerable<KeyValuePair<string, string?>> settings) =>
        StartAsync(SqlDialect.Sqlite.Name, consumers, settings);

    /// <summary>Starts on an engine, as <see cref="EachEngineAttribute"/> names it.</summary>
    public static async Task<CrowdDriver> StartAsync(
        string engine, Action<IBusRegistrationConfigurator>? consumers = null, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var postgres = engine == SqlDialect.Postgres.Name ? await PostgresServer.CreateAsync() : null;
        var driver = new CrowdDriver(postgres, consumers, settings);
        await driver.Get<Migrations>().ApplyAsync();
        await driver.Get<BrandStore>().EnsureAsync(Brand, "Brand");
        await driver.Harness.Start();
        driver.Harness.Bus.ConnectPublishObserver(driver.published);
        driver.Harness.Bus.ConnectSendObserver(driver.published);
        return driver;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>What was published or sent until now, in order.</summary>
    public IReadOnlyList<T> Published<T>()
        where T : class => published.Of<T>();

    public async Task<T?> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.OpenAsync();
        return await connection.ExecuteScalarAsync<T>(sql, parameters);
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.OpenAsync();
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    /// <summary>The whole journal, oldest first.</summary>
    public Task<IReadOnlyList<JournalEntry>> JournalAsync() => QueryAsync<JournalEntry>($"SELECT {Journal.Columns} FROM journal ORDER BY seq");

    public Task WriteAsync(Func<DbTransaction, Task> work) => Database.WriteAsync(work);

    public Task<ChangedMention?> ApplyAsync(MentionChange change) =>
        Database.WriteAsync(transaction => Get<MentionLifecycle>().ApplyAsync(transaction, change));

    public async Task<MentionRow> RowAsync(Guid id) => await Get<MentionStore>().FindAsync(id) ?? throw new InvalidOperationException("There is no such mention.");

    /// <summary>What the journal tells of a mention, oldest first.</summary>
    public async Task<IReadOnlyList<string>> KindsAsync(Guid id) => [.. (await Get<Journal>().OfMentionAsync(id)).Select(e => e.Kind)];

    public Task<IReadOnlyList<Guid>> StoreAsync(params NetworkPost[] posts) =>
        Database.WriteAsync(transaction => Get<MentionStore>().InsertAsync(transaction, Brand, null, [.. posts.Select(post => PreparedPost.Of(post, Clock.GetUtcNow()))]));

    public async Task<Guid> ReceivedAsync(NetworkPost? post = null) => (await StoreAsync(post ?? Some.Post()))[0];

    public async Task<Guid> ClassifiedAsync(NetworkPost? post = null, MentionScore? score = null)
    {
        var id = await ReceivedAsync(post);
        score ??= Some.Score();
        await WriteAsync(transaction => Get<ScoreStore>().SaveAsync(transaction, [ScoreStore.ToRow(id, score)]));
        await ApplyAsync(MentionChange.Classified(id, score));
        return id;
    }

    public async Task<Guid> OpenAsync(NetworkPost? post = null)
    {
        var id = await ClassifiedAsync(post);
        await ApplyAsync(MentionChange.Opened(id, 0, new { }));
        return id;
    }

    public async Task<Guid> EscalatedAsync(string queue = Queues.Staff)
    {
        var id = await ClassifiedAsync();
        await ApplyAsync(MentionChange.Escalated(id, queue, 0, Clock.GetUtcNow().AddHours(4), new { }));
        return id;
    }

    /// <summary>An open mention that somebody then claimed, with the fencing number.</summary>
    public async Task<(Guid Id, long Fence)> ClaimedAsync(Person person, NetworkPost? post = null)
    {
        var id = await OpenAsync(post);
        return (id, await ClaimAsync(id, person));
    }

    public async Task<long> ClaimAsync(Guid id, Person person)
    {
        var claim = await Get<ClaimDesk>().ClaimAsync(id, Brand, person.Id, person.Role);
        Assert.That(claim.Outcome, Is.EqualTo(ClaimOutcome.Claimed));
        return claim.Fence;
    }

    public Task OfferAsync(Guid id, Person person, TimeSpan? lasts = null, int places = 1) =>
        WriteAsync(transaction => Get<OfferStore>().MakeAsync(transaction, Brand, [new PreparedOffer(new Offer
        {
            Id = Some.Id(),
            MentionId = id,
            PersonId = person.Id,
            DecisionId = Some.Id(),
            OfferedAt = Clock.GetUtcNow(),
            ExpiresAt = Clock.GetUtcNow() + (lasts ?? TimeSpan.FromMinutes(5)),
            Places = places,
        })]));

    public Task<Person> AdvocateAsync(string? name = null, int capacity = 3, int trust = 1, bool isPresent = true, params PersonSkill[] skills) =>
        PersonAsync(Role.Advocate, name, capacity, trust, isPresent, [new PersonSkill("lang:en", 1), .. skills]);

    public Task<Person> AgentAsync(string? name = null) => PersonAsync(Role.Agent, name, 3, 4, true, []);

    /// <summary>A channel to the scripted network.</summary>
    public async Task<ChannelConnection> ChannelAsync(string settings = "{}", bool enabled = true)
    {
        var channel = new ChannelConnection { Id = Some.Id(), BrandId = Brand, Network = ScriptedNetwork.NetworkName, Settings = settings };
        await Get<ChannelStore>().SaveAsync(channel, "A channel", enabled);
        return channel;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        folder.Dispose();
        if (postgres is not null)
            await PostgresServer.DropAsync(postgres);
    }

    private async Task<Person> PersonAsync(Role role, string? name, int capacity, int trust, bool isPresent, IReadOnlyCollection<PersonSkill> skills)
    {
        var known = name ?? Some.Word("person");
        var added = await Get<PeopleStore>().AddAsync(
            new Person { BrandId = Brand, Login = known.ToLowerInvariant(), Name = known, Role = role, Capacity = capacity, Trust = trust }, skills, null);
        if (isPresent)
            await Get<IPresence>().SeenAsync(added!.Id);
        return added!;
    }
}
