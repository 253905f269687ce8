using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Ingestion;
using Crowd4Care.Load.Checks;
using Crowd4Care.Load.Faults;
using Crowd4Care.Mentions;
using Crowd4Care.Server.Tests.TestBed;
using Crowd4Care.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Server.Tests.Faults;

/// <summary>The rig's checks find what they look for: each is shown a broken promise.</summary>
public sealed class ChecksTests
{
    private readonly Installation installation = new();
    private IServiceProvider services = null!;
    private Database database = null!;
    private string post = "";
    private Guid mention;

    [SetUp]
    public async Task StoreAMentionAsync()
    {
        services = await installation.ServicesAsync();
        database = services.GetRequiredService<Database>();
        post = $"at://did:plc:customer/app.bsky.feed.post/{Some.Id()}";
        var stored = await services.GetRequiredService<Intake>().StoreAsync(BrandStore.DefaultId, [new NetworkPost
        {
            Network = "bluesky", ExternalId = post, Author = new PostAuthor("did:plc:customer", "zoe"), Text = "Hello", CreatedAt = TimeProvider.System.GetUtcNow(),
        }]);
        mention = stored.Stored.Single();
        await SetStatusAsync("claimed");
    }

    [TearDown]
    public Task ForgetAsync() => WriteAsync("DELETE FROM journal; DELETE FROM replies; DELETE FROM mentions; DELETE FROM points");

    [OneTimeTearDown]
    public async Task RemoveAsync() => await installation.DisposeAsync();

    [Test]
    public async Task A_mention_that_is_there_and_routed_is_fine() => Assert.That(await MentionCheck.FindAsync(database, [post], [post]), Is.Empty);

    [Test]
    public async Task A_missing_mention_is_lost() =>
        Assert.That(Kinds(await MentionCheck.FindAsync(database, [post, "at://other"], ["at://another"])), Is.EqualTo(new[] { Broken.Lost, Broken.Lost }));

    [Test]
    public async Task A_mention_that_does_not_go_on_is_lost()
    {
        await SetStatusAsync("classified");
        Assert.That(Kinds(await MentionCheck.FindAsync(database, [post], [])), Is.EqualTo(new[] { Broken.Lost }));
    }

    [Test]
    public async Task A_reply_that_stands_on_the_network_once_is_fine()
    {
        await SetStatusAsync("answered");
        var reply = await AddReplyAsync("posted", "key1");
        Assert.That(await ReplyCheck.FindAsync(database, [new PromisedReply(reply, mention, "Hi")], [Record("key1")]), Is.Empty);
    }

    [Test]
    public async Task A_reply_that_was_promised_and_is_not_stored_is_lost() =>
        Assert.That(Kinds(await ReplyCheck.FindAsync(database, [new PromisedReply(Guid.Empty, mention, "Hi")], [])), Is.EqualTo(new[] { Broken.Lost }));

    [TestCase("posted", false)]
    [TestCase("sending", false)]
    [TestCase("failed", true)]
    public async Task A_reply_whose_state_the_network_contradicts_is_lost(string state, bool stands)
    {
        await SetStatusAsync("answered");
        await AddReplyAsync(state, "key1");
        Assert.That(Kinds(await ReplyCheck.FindAsync(database, [], stands ? [Record("key1")] : [])), Does.Contain(Broken.Lost));
    }

    [Test]
    public async Task A_post_that_is_answered_twice_is_found()
    {
        await SetStatusAsync("answered");
        await AddReplyAsync("posted", "key1");
        await AddReplyAsync("posted", "key2", fence: 0);
        var found = await ReplyCheck.FindAsync(database, [], [Record("key1"), Record("key2")]);
        Assert.That(Kinds(found), Is.EqualTo(new[] { Broken.DoubledReply, Broken.Journal }));
    }

    [Test]
    public async Task A_record_that_no_reply_explains_is_found() =>
        Assert.That(Kinds(await ReplyCheck.FindAsync(database, [], [Record("key1")])), Is.EqualTo(new[] { Broken.DoubledReply }));

    [Test]
    public async Task A_step_that_is_told_twice_is_found()
    {
        await SetStatusAsync("open");
        await TellAsync("mention.classified", "mention.opened");
        Assert.That(await LifecycleCheck.FindAsync(database), Is.Empty);
        await TellAsync("mention.opened");
        Assert.That(Kinds(await LifecycleCheck.FindAsync(database)), Is.EqualTo(new[] { Broken.Journal }));
    }

    [Test]
    public async Task A_row_that_its_journal_does_not_explain_is_found() =>
        Assert.That(Kinds(await LifecycleCheck.FindAsync(database)), Is.EqualTo(new[] { Broken.Journal }));

    [Test]
    public async Task An_offer_to_somebody_who_is_full_is_found()
    {
        var person = await services.GetRequiredService<PeopleStore>().AddAsync(
            new Person { BrandId = BrandStore.DefaultId, Login = Some.Id(), Name = "Ines", Role = Role.Advocate, Capacity = 1 }, [], null);
        await OfferAsync(mention, person!.Id);
        Assert.That(await CapacityCheck.FindAsync(database, default), Is.Empty);
        await OfferAsync(Ids.New(TimeProvider.System), person.Id);
        Assert.That(await CapacityCheck.FindAsync(database, default), Has.Count.EqualTo(1));
    }

    private static IEnumerable<Broken> Kinds(IEnumerable<Violation> violations) => violations.Select(v => v.Kind);

    private Task SetStatusAsync(string status) => WriteAsync("UPDATE mentions SET status = @status WHERE id = @mention", new { status, mention });

    private async Task<Guid> AddReplyAsync(string state, string key, long fence = 0)
    {
        var id = Ids.New(TimeProvider.System);
        await WriteAsync(
            """
            INSERT INTO replies (id, mention_id, network, person_id, fence, text, network_key, state, error, created_at)
            VALUES (@id, @mention, 'bluesky', 'somebody', @fence, 'Hi', @key, @state, 'no', 1)
            """,
            new { id, mention, fence, key, state });
        return id;
    }

    private NetworkRecord Record(string key) => new(
        NetworkRecords.BrandDid, key, "cid", new JsonObject { ["text"] = "Hi", ["reply"] = new JsonObject { ["parent"] = new JsonObject { ["uri"] = post } } }, 1);

    private Task OfferAsync(Guid id, Guid personId) => AppendAsync(new JournalEntry
    {
        At = TimeProvider.System.GetUtcNow(), MentionId = id, Kind = "offer.made", Data = JsonSerializer.Serialize(new { personId }),
    });

    private async Task TellAsync(params string[] kinds)
    {
        foreach (var kind in kinds)
            await AppendAsync(new JournalEntry { At = TimeProvider.System.GetUtcNow(), MentionId = mention, Kind = kind });
    }

    private Task AppendAsync(JournalEntry entry) => database.WriteAsync(transaction => services.GetRequiredService<Journal>().AppendAsync(transaction, entry));

    private Task WriteAsync(string sql, object? parameters = null) => database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(sql, parameters, transaction));
}
