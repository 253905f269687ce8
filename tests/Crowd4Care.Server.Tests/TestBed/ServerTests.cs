using System.Globalization;
using Crowd4Care.Community;
using Crowd4Care.Contracts;

namespace Crowd4Care.Server.Tests.TestBed;

/// <summary>
/// Tests that share a server. Each has a brand of its own with its own people and mentions, so that nobody is offered what another
/// test waits for.
/// </summary>
public abstract class ServerTests
{
    private static readonly PersonSkill[] Everything = [new("lang:en", 1), new("topic:technical", 1)];
    private static int brands;

    protected Installation Installation { get; private set; } = null!;

    protected RunningServer Server { get; private set; } = null!;

    protected string Brand { get; private set; } = "";

    [OneTimeSetUp]
    public async Task StartServerAsync()
    {
        Installation = new Installation();
        Server = await Installation.ServeAsync();
    }

    [OneTimeTearDown]
    public async Task StopServerAsync() => await Installation.DisposeAsync();

    [SetUp]
    public void NewBrand() => Brand = string.Create(CultureInfo.InvariantCulture, $"brand-{Interlocked.Increment(ref brands)}");

    protected Task<ApiClient> AdminAsync(string name = "Ada") => PersonAsync(Role.Admin, name);

    protected Task<ApiClient> AgentAsync(string name = "Olga") => PersonAsync(Role.Agent, name);

    /// <summary>An advocate who may be offered anything in English.</summary>
    protected Task<ApiClient> AdvocateAsync(string name = "Ines") => PersonAsync(Role.Advocate, name);

    /// <summary>An open mention that is offered to nobody: it was routed before an advocate was there.</summary>
    protected static async Task<Guid> OpenMentionAsync(ApiClient staff)
    {
        var id = (await staff.PushAsync(Some.Post())).Single();
        await staff.MentionAsync(id, "open");
        return id;
    }

    private async Task<ApiClient> PersonAsync(Role role, string name) => Server.Api(await Installation.AddKeyAsync(role, name, Brand, Everything));
}
