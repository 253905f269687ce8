using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.State;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement;

[EachEngine]
public sealed class ClaimDeskTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person ana = null!;
    private Person ben = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana");
        ben = await crowd.AdvocateAsync("Ben");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_claim_is_exclusive_and_runs_out()
    {
        var id = await crowd.OpenAsync();
        var claim = await ClaimAsync(id, ana);
        Assert.That((claim.Outcome, claim.Until), Is.EqualTo((ClaimOutcome.Claimed, (DateTimeOffset?)crowd.Clock.GetUtcNow().AddMinutes(20))));
        Assert.That((await crowd.RowAsync(id)).AssigneeId, Is.EqualTo(ana.Id));
    }

    [Test]
    public async Task Of_a_hundred_who_claim_at_once_one_gets_each_mention()
    {
        var people = new List<Person>();
        for (var i = 0; i < 100; i++)
            people.Add(await crowd.AdvocateAsync());
        var mentions = new List<Guid>();
        for (var i = 0; i < 50; i++)
            mentions.Add(await crowd.OpenAsync());

        // Everybody goes for ten of them: twenty people for each.
        var claims = await Task.WhenAll(people.Select((person, p) => Task.Run(async () =>
        {
            var won = new List<Guid>();
            foreach (var id in Enumerable.Range(0, 10).Select(i => mentions[(p + i * 5) % mentions.Count]))
            {
                if ((await ClaimAsync(id, person)).Outcome == ClaimOutcome.Claimed)
                    won.Add(id);
            }

            return won;
        })));
        Assert.That(claims.SelectMany(c => c), Is.EquivalentTo(mentions));
        Assert.That(
            await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM journal WHERE kind = @kind", new { kind = JournalKinds.Claimed }), Is.EqualTo(mentions.Count));
    }

    [Test]
    public async Task Who_is_too_late_is_told_who_has_it_and_until_when()
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        var claim = await ClaimAsync(id, ben);
        Assert.That(
            (claim.Outcome, claim.Holder, claim.HolderId, claim.HolderUntil),
            Is.EqualTo((ClaimOutcome.Taken, "Ana", (Guid?)ana.Id, (DateTimeOffset?)crowd.Clock.GetUtcNow().AddMinutes(20))));
    }

    [Test]
    public async Task Claiming_again_gives_the_same_claim()
    {
        var (id, fence) = await crowd.ClaimedAsync(ana);
        crowd.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await ClaimAsync(id, ana);
        Assert.That((again.Outcome, again.Fence, again.Until), Is.EqualTo((ClaimOutcome.Claimed, fence, (DateTimeOffset?)crowd.Clock.GetUtcNow().AddMinutes(19))));
    }

    [Test]
    public async Task What_is_offered_to_another_is_reserved()
    {
        var id = await crowd.OpenAsync();
        await crowd.OfferAsync(id, ana);
        var claim = await ClaimAsync(id, ben);
        Assert.That((claim.Outcome, claim.Holder), Is.EqualTo((ClaimOutcome.Reserved, "Ana")));
        Assert.That((await ClaimAsync(id, ana)).Outcome, Is.EqualTo(ClaimOutcome.Claimed));
    }

    [Test]
    public async Task Staff_may_take_what_is_reserved_for_an_advocate()
    {
        var id = await crowd.OpenAsync();
        await crowd.OfferAsync(id, ana);
        Assert.That((await ClaimAsync(id, await crowd.AgentAsync())).Outcome, Is.EqualTo(ClaimOutcome.Claimed));
    }

    [Test]
    public async Task Advocates_do_not_take_from_a_staff_queue() =>
        Assert.That((await ClaimAsync(await crowd.EscalatedAsync(), ana)).Outcome, Is.EqualTo(ClaimOutcome.WithStaff));

    [Test]
    public async Task What_is_not_routed_yet_can_not_be_claimed() =>
        Assert.That((await ClaimAsync(await crowd.ClassifiedAsync(), ana)).Outcome, Is.EqualTo(ClaimOutcome.Closed));

    [Test]
    public async Task What_is_answered_can_not_be_claimed()
    {
        var (id, fence) = await crowd.ClaimedAsync(ana);
        await crowd.ApplyAsync(MentionChange.Answered(id, ana.Id, fence, new { }));
        var claim = await ClaimAsync(id, ben);
        Assert.That((claim.Outcome, claim.Status), Is.EqualTo((ClaimOutcome.Closed, (MentionStatus?)MentionStatus.Answered)));
    }

    [Test]
    public async Task A_mention_of_another_brand_is_not_found()
    {
        var id = await crowd.OpenAsync();
        Assert.That((await Desk.ClaimAsync(id, "another", ana.Id, Role.Advocate)).Outcome, Is.EqualTo(ClaimOutcome.NotFound));
        Assert.That((await Desk.ClaimAsync(Some.Id(), CrowdDriver.Brand, ana.Id, Role.Advocate)).Outcome, Is.EqualTo(ClaimOutcome.NotFound));
    }

    [Test]
    public async Task Nobody_hoards_claims()
    {
        await using var strict = await CrowdDriver.StartAsync(engine, null, KeyValuePair.Create<string, string?>("Engagement:MostClaims", "2"));
        var person = await strict.AdvocateAsync();
        await strict.ClaimedAsync(person);
        await strict.ClaimedAsync(person);
        var third = await strict.Get<ClaimDesk>().ClaimAsync(await strict.OpenAsync(), CrowdDriver.Brand, person.Id, Role.Advocate);
        Assert.That(third.Outcome, Is.EqualTo(ClaimOutcome.TooMany));
    }

    [Test]
    public async Task Giving_back_returns_it_to_the_crowd_to_be_offered_again()
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        Assert.That(await Desk.ReleaseAsync(id, CrowdDriver.Brand, ana.Id), Is.True);
        var row = await crowd.RowAsync(id);
        Assert.That((row.Status, row.AssigneeId, row.ClaimExpiresAt), Is.EqualTo((MentionStatus.Open, (Guid?)null, (DateTimeOffset?)null)));
        Assert.That(crowd.Published<MentionsToOffer>().Single().MentionIds, Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task What_is_given_back_waits_for_the_crowd_a_limited_time()
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        await Desk.ReleaseAsync(id, CrowdDriver.Brand, ana.Id);
        Assert.That(
            await crowd.ScalarAsync<long>("SELECT overflow_at FROM waiting WHERE mention_id = @id", new { id }),
            Is.EqualTo((crowd.Clock.GetUtcNow() + OfferStore.SecondWait).ToUnixTimeMilliseconds()));
    }

    [Test]
    public async Task Giving_back_what_came_from_a_queue_returns_it_there()
    {
        var agent = await crowd.AgentAsync();
        var id = await crowd.EscalatedAsync("technical");
        await crowd.ClaimAsync(id, agent);
        await Desk.ReleaseAsync(id, CrowdDriver.Brand, agent.Id);
        var row = await crowd.RowAsync(id);
        Assert.That((row.Status, row.Queue), Is.EqualTo((MentionStatus.Escalated, "technical")));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM waiting"), Is.Zero);
    }

    [Test]
    public async Task Nobody_gives_anothers_claim_back()
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        Assert.That(await Desk.ReleaseAsync(id, CrowdDriver.Brand, ben.Id), Is.False);
        Assert.That((await crowd.RowAsync(id)).AssigneeId, Is.EqualTo(ana.Id));
    }

    [Test]
    public async Task A_claim_that_ran_out_returns_to_the_crowd()
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        crowd.Clock.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromMilliseconds(1));
        await Desk.ExpireAsync(100, default);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Claimed));

        crowd.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Desk.ExpireAsync(100, default);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Open));
        Assert.That((await crowd.KindsAsync(id))[^1], Is.EqualTo(JournalKinds.ClaimExpired));
        Assert.That(crowd.Published<MentionsToOffer>().Single().MentionIds, Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task Whose_claim_ran_out_is_told_apart_from_who_gave_it_back_and_neither_is_asked_next()
    {
        var id = await crowd.ClassifiedAsync();
        await crowd.Get<RoutingStep>().RouteAsync([id], default);
        var first = await crowd.ScalarAsync<Guid>("SELECT person_id FROM offers");
        await crowd.ClaimAsync(id, first == ana.Id ? ana : ben);
        crowd.Clock.Advance(TimeSpan.FromMinutes(20));
        await Desk.ExpireAsync(100, default);
        await crowd.ClaimAsync(id, first == ana.Id ? ben : ana);
        await Desk.ReleaseAsync(id, CrowdDriver.Brand, first == ana.Id ? ben.Id : ana.Id);
        // Without an offer.
        var eva = await crowd.AdvocateAsync("Eva");
        await crowd.ClaimAsync(id, eva);
        crowd.Clock.Advance(TimeSpan.FromMinutes(20));
        await Desk.ExpireAsync(100, default);

        foreach (var person in new[] { ana, ben, eva })
            await crowd.Get<IPresence>().SeenAsync(person.Id);
        await crowd.Get<RoutingStep>().RouteAsync([id], default);
        Assert.That((await crowd.QueryAsync<(Guid Person, string State)>("SELECT person_id, state FROM offers")).ToDictionary(o => o.Person, o => o.State), Is.EqualTo(new Dictionary<Guid, string>
        {
            [first] = OfferStore.RanOut, [first == ana.Id ? ben.Id : ana.Id] = OfferStore.GivenBack, [eva.Id] = OfferStore.RanOut,
        }));
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Open));
    }

    [Test]
    public async Task A_claim_from_a_queue_that_ran_out_returns_to_the_queue()
    {
        var id = await crowd.EscalatedAsync("technical");
        await crowd.ClaimAsync(id, await crowd.AgentAsync());
        crowd.Clock.Advance(TimeSpan.FromHours(1));
        await Desk.ExpireAsync(100, default);
        var row = await crowd.RowAsync(id);
        Assert.That((row.Status, row.Queue, row.AssigneeId), Is.EqualTo((MentionStatus.Escalated, "technical", (Guid?)null)));
    }

    [Test]
    public async Task What_returned_can_be_claimed_by_another_under_a_new_number()
    {
        var (id, fence) = await crowd.ClaimedAsync(ana);
        crowd.Clock.Advance(TimeSpan.FromHours(1));
        await Desk.ExpireAsync(100, default);
        Assert.That(await crowd.ClaimAsync(id, ben), Is.GreaterThan(fence));
    }

    [Test]
    public async Task Passing_an_offer_on_asks_the_next()
    {
        var id = await crowd.OpenAsync();
        await crowd.OfferAsync(id, ana);
        Assert.That(await Desk.PassAsync(id, CrowdDriver.Brand, ana.Id, null, "no time"), Is.True);
        Assert.That(crowd.Published<MentionsToOffer>().Single().MentionIds, Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task Passing_on_what_is_not_offered_changes_nothing()
    {
        var id = await crowd.OpenAsync();
        Assert.That(await Desk.PassAsync(id, CrowdDriver.Brand, ana.Id, null, null), Is.False);
        Assert.That(crowd.Published<MentionsToOffer>(), Is.Empty);
    }

    [Test]
    public async Task A_refused_claim_tells_no_desk_that_something_changed()
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        var before = crowd.Published<MentionsChanged>().Count;
        await ClaimAsync(id, ben);
        await ClaimAsync(id, ana);
        Assert.That(crowd.Published<MentionsChanged>(), Has.Count.EqualTo(before));
    }

    private ClaimDesk Desk => crowd.Get<ClaimDesk>();

    private Task<ClaimResult> ClaimAsync(Guid id, Person person) => Desk.ClaimAsync(id, CrowdDriver.Brand, person.Id, person.Role);
}
