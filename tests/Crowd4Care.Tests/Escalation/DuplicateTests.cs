using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation.Duplicates;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Escalation;

[EachEngine]
public sealed class DuplicateTests(string engine)
{
    private static readonly PostAuthor Zoe = Some.Author("zoe");

    private CrowdDriver crowd = null!;
    private Person agent = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        agent = await crowd.AgentAsync("Agnes");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_duplicate_is_closed_with_a_link_to_its_original()
    {
        var (original, duplicate) = (await crowd.OpenAsync(), await crowd.EscalatedAsync());
        Assert.That(await MarkAsync(duplicate, original), Is.EqualTo(DuplicateOutcome.Done));
        var row = await crowd.RowAsync(duplicate);
        Assert.That((row.Status, row.AssigneeId, row.DueAt), Is.EqualTo((MentionStatus.Resolved, (Guid?)null, (DateTimeOffset?)null)), "nobody answered it");
        Assert.That((await ViewAsync(duplicate)).Original!.Id, Is.EqualTo(original));
        Assert.That((await ViewAsync(original)).Duplicates.Single().Id, Is.EqualTo(duplicate));
        Assert.That((await crowd.KindsAsync(duplicate))[^1], Is.EqualTo(JournalKinds.Merged));
        Assert.That(crowd.Published<MentionsChanged>()[^1].MentionIds, Is.EquivalentTo(new[] { original, duplicate }), "both pages change");
    }

    [Test]
    public async Task Taken_apart_it_is_back_where_it_came_from()
    {
        var original = await crowd.OpenAsync();
        var (queued, open) = (await crowd.EscalatedAsync(), await crowd.OpenAsync());
        await MarkAsync(queued, original);
        await MarkAsync(open, original);

        Assert.That(await UndoAsync(queued), Is.EqualTo(DuplicateOutcome.Done));
        Assert.That(await UndoAsync(open), Is.EqualTo(DuplicateOutcome.Done));

        var row = await crowd.RowAsync(queued);
        Assert.That((row.Status, row.DueAt), Is.EqualTo((MentionStatus.Escalated, (DateTimeOffset?)crowd.Clock.GetUtcNow().AddHours(4))));
        Assert.That((await crowd.RowAsync(open)).Status, Is.EqualTo(MentionStatus.Open));
        Assert.That(crowd.Published<MentionsToOffer>().Single().MentionIds, Is.EqualTo(new[] { open }));
        Assert.That((await ViewAsync(original)).Duplicates, Is.Empty);
        Assert.That((await crowd.KindsAsync(open))[^1], Is.EqualTo(JournalKinds.Unmerged));
        Assert.That(await UndoAsync(open), Is.EqualTo(DuplicateOutcome.WrongState));
    }

    [Test]
    public async Task Duplicates_of_a_duplicate_belong_to_the_original()
    {
        var (first, second, third, fourth) = (await crowd.OpenAsync(), await crowd.OpenAsync(), await crowd.OpenAsync(), await crowd.OpenAsync());
        await MarkAsync(third, second);
        await MarkAsync(second, first);
        Assert.That(await MarkAsync(fourth, third), Is.EqualTo(DuplicateOutcome.Done));
        Assert.That((await ViewAsync(first)).Duplicates.Select(d => d.Id), Is.EquivalentTo(new[] { second, third, fourth }));
        Assert.That(await MarkAsync(first, third), Is.EqualTo(DuplicateOutcome.OtherWayRound));
        Assert.That(await MarkAsync(first, first), Is.EqualTo(DuplicateOutcome.Itself));
    }

    [Test]
    public async Task What_an_agent_has_taken_is_closed_and_what_others_have_is_not()
    {
        var original = await crowd.OpenAsync();
        var (mine, others) = (await crowd.EscalatedAsync(), (await crowd.ClaimedAsync(await crowd.AdvocateAsync())).Id);
        await crowd.ClaimAsync(mine, agent);
        Assert.That(await MarkAsync(mine, original), Is.EqualTo(DuplicateOutcome.Done));
        Assert.That(await MarkAsync(others, original), Is.EqualTo(DuplicateOutcome.NotYours));
        Assert.That(await MarkAsync(mine, others), Is.EqualTo(DuplicateOutcome.WrongState), "it is closed already");
    }

    [Test]
    public async Task Offers_of_a_duplicate_end()
    {
        var ana = await crowd.AdvocateAsync();
        var duplicate = await crowd.OpenAsync();
        await crowd.OfferAsync(duplicate, ana);
        await MarkAsync(duplicate, await crowd.OpenAsync());
        Assert.That(await crowd.Get<FeedQueries>().OffersAsync(ana.Id), Is.Empty);
    }

    [Test]
    public async Task Only_mentions_of_the_brand_that_are_there_can_be_originals()
    {
        var (id, gone) = (await crowd.OpenAsync(), await crowd.OpenAsync());
        await crowd.ApplyAsync(MentionChange.Deleted(gone));
        Assert.That(await MarkAsync(id, gone), Is.EqualTo(DuplicateOutcome.OtherNotFound));
        Assert.That(await MarkAsync(id, Some.Id()), Is.EqualTo(DuplicateOutcome.OtherNotFound));
        Assert.That(await MarkAsync(Some.Id(), id), Is.EqualTo(DuplicateOutcome.NotFound));
        Assert.That(await Desk.MarkAsync(id, await crowd.OpenAsync(), "another", agent.Id), Is.EqualTo(DuplicateOutcome.NotFound));
    }

    [Test]
    public async Task Two_people_do_not_close_each_as_a_duplicate_of_the_other()
    {
        for (var i = 0; i < 5; i++)
        {
            var (one, other) = (await crowd.OpenAsync(), await crowd.OpenAsync());
            var outcomes = await Task.WhenAll(MarkAsync(one, other), MarkAsync(other, one));
            Assert.That(outcomes, Is.EquivalentTo(new[] { DuplicateOutcome.Done, DuplicateOutcome.OtherWayRound }));
        }
    }

    [Test]
    public async Task What_the_same_author_said_again_within_a_week_is_likely_a_duplicate()
    {
        var id = await SaidAsync("My router drops the connection every evening.");
        var again = await SaidAsync("@brand MY ROUTER drops the connection, every evening!! https://example.com/1");
        await SaidAsync("And now my lamp smells of smoke.");
        await SaidAsync("My router drops the connection every evening.", author: Some.Author());
        await SaidAsync("My router drops the connection every evening.", before: TimeSpan.FromDays(8));
        Assert.That((await ViewAsync(id)).Likely.Select(m => m.Id), Is.EqualTo(new[] { again }));

        await MarkAsync(again, id);
        Assert.That((await ViewAsync(id)).Likely, Is.Empty, "it is one now");
        Assert.That((await ViewAsync(again)).Likely, Is.Empty);
    }

    private DuplicateDesk Desk => crowd.Get<DuplicateDesk>();

    private Task<DuplicateOutcome> MarkAsync(Guid id, Guid of) => Desk.MarkAsync(id, of, CrowdDriver.Brand, agent.Id);

    private Task<DuplicateOutcome> UndoAsync(Guid id) => Desk.UndoAsync(id, CrowdDriver.Brand, agent.Id);

    private async Task<DuplicateView> ViewAsync(Guid id) => await crowd.Get<DuplicateQueries>().OfMentionAsync(await crowd.RowAsync(id));

    private Task<Guid> SaidAsync(string text, PostAuthor? author = null, TimeSpan before = default) =>
        crowd.OpenAsync(Some.Post(author: author ?? Zoe, text: text) with { CreatedAt = Some.Noon - before });
}
