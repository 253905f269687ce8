using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.State;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

/// <summary>Offers to several advocates at once, from the rule to the claim.</summary>
[EachEngine]
public sealed class SeveralOffersTests(string engine)
{
    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task As_many_as_the_rule_says_are_asked_and_hear_of_it()
    {
        await RuleAsync(2);
        var (best, good, fair) = (await PersonAsync(1), await PersonAsync(0.7), await PersonAsync(0.2));
        var id = await RoutedAsync();
        Assert.That(await AskedAsync(id), Is.EquivalentTo(new[] { best.Id, good.Id }));
        Assert.That(crowd.Published<MentionsChanged>().Single().PersonIds, Is.EquivalentTo(new[] { best.Id, good.Id }));
        Assert.That((await crowd.KindsAsync(id)).Count(k => k == JournalKinds.Offered), Is.EqualTo(2));
        Assert.That((await crowd.Get<FeedQueries>().OffersAsync(good.Id)).Single().OfferedToCount, Is.EqualTo(2));
        Assert.That(await crowd.Get<FeedQueries>().OffersAsync(fair.Id), Is.Empty);
    }

    [Test]
    public async Task Whoever_claims_first_has_it_and_the_others_see_it_vanish()
    {
        await RuleAsync(3);
        var (ana, ben, eva) = (await PersonAsync(1), await PersonAsync(0.7), await PersonAsync(0.2));
        var id = await RoutedAsync();
        await crowd.ClaimAsync(id, ben);
        Assert.That(await AskedAsync(id), Is.Empty);
        Assert.That((await ClaimAsync(id, ana)).Outcome, Is.EqualTo(ClaimOutcome.Taken));
        Assert.That(crowd.Published<MentionsChanged>()[^1].PersonIds, Is.EquivalentTo(new[] { ana.Id, ben.Id, eva.Id }));
        Assert.That((await crowd.KindsAsync(id)).Count(k => k == JournalKinds.OfferTaken), Is.EqualTo(2));
        Assert.That(await LoadsAsync(), Is.EqualTo(new Dictionary<Guid, int> { [ana.Id] = 0, [ben.Id] = 1, [eva.Id] = 0 }));
    }

    [Test]
    public async Task Who_was_not_asked_is_told_how_many_were()
    {
        await RuleAsync(2);
        var (_, _, eva) = (await PersonAsync(1), await PersonAsync(0.7), await PersonAsync(0.2));
        var claim = await ClaimAsync(await RoutedAsync(), eva);
        Assert.That((claim.Outcome, claim.Holder, claim.HolderId), Is.EqualTo((ClaimOutcome.Reserved, "2 advocates", (Guid?)null)));
    }

    [Test]
    public async Task It_goes_on_only_when_all_who_were_asked_are_done()
    {
        await RuleAsync(2);
        var (ana, ben, eva) = (await PersonAsync(1), await PersonAsync(0.7), await PersonAsync(0.2));
        var id = await RoutedAsync();
        await PassAsync(id, ana);
        await RouteAsync(id);
        Assert.That(await AskedAsync(id), Is.EqualTo(new[] { ben.Id }));

        crowd.Clock.Advance(TimeSpan.FromMinutes(5));
        await SeenAsync(ana, ben, eva);
        Assert.That(await crowd.Get<OfferEnds>().EndAsync(crowd.Clock.GetUtcNow(), 100, default), Is.EqualTo(new[] { id }));
        await RouteAsync(id);
        Assert.That(await AskedAsync(id), Is.EqualTo(new[] { eva.Id }));
    }

    [Test]
    public async Task Whose_offer_was_taken_may_be_asked_again_when_it_comes_back()
    {
        await RuleAsync(2);
        var (ana, ben) = (await PersonAsync(1), await PersonAsync(0.7));
        var id = await RoutedAsync();
        await crowd.ClaimAsync(id, ana);
        await crowd.Get<ClaimDesk>().ReleaseAsync(id, CrowdDriver.Brand, ana.Id);
        await RouteAsync(id);
        Assert.That(await AskedAsync(id), Is.EqualTo(new[] { ben.Id }));
    }

    [Test]
    public async Task Who_goes_away_loses_offers_and_keeps_claims_and_may_be_asked_again()
    {
        await RuleAsync(1);
        var (ana, ben) = (await PersonAsync(1), await PersonAsync(0.7));
        var claimed = await RoutedAsync();
        await crowd.ClaimAsync(claimed, ana);
        var id = await RoutedAsync();
        Assert.That(await AskedAsync(id), Is.EqualTo(new[] { ana.Id }));

        await crowd.Get<AvailabilityStore>().SetAwayAsync(ana.Id, true);
        Assert.That(await crowd.Get<OfferEnds>().EndAsync(crowd.Clock.GetUtcNow(), 100, default), Is.EqualTo(new[] { id }));
        await RouteAsync(id);
        Assert.That(await AskedAsync(id), Is.EqualTo(new[] { ben.Id }));
        Assert.That((await crowd.RowAsync(claimed)).AssigneeId, Is.EqualTo(ana.Id));
        Assert.That(await crowd.KindsAsync(id), Does.Contain(JournalKinds.OfferWithdrawn));

        await crowd.Get<AvailabilityStore>().SetAwayAsync(ana.Id, false);
        await PassAsync(id, ben);
        await RouteAsync(id);
        Assert.That(await AskedAsync(id), Is.EqualTo(new[] { ana.Id }));
    }

    [Test]
    public async Task Whose_offer_was_withdrawn_and_who_then_gives_it_back_is_not_asked_next()
    {
        await RuleAsync(1);
        var ana = await PersonAsync(1);
        var id = await RoutedAsync();
        await crowd.WriteAsync(transaction => crowd.Get<OfferStore>().WithdrawAsync(transaction, [ana.Id]));
        await crowd.ClaimAsync(id, ana);
        await crowd.Get<ClaimDesk>().ReleaseAsync(id, CrowdDriver.Brand, ana.Id);
        await RouteAsync(id);
        Assert.That(await AskedAsync(id), Is.Empty);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Open));
    }

    [Test]
    public async Task Who_left_the_desk_loses_offers_after_a_while()
    {
        await RuleAsync(1);
        var ana = await PersonAsync(1);
        var id = await RoutedAsync();
        await crowd.Get<IPresence>().LeftAsync(ana.Id);
        var ends = crowd.Get<OfferEnds>();
        Assert.That(await ends.EndAsync(crowd.Clock.GetUtcNow(), 100, default), Is.Empty);
        crowd.Clock.Advance(AbsentPeople.Grace);
        Assert.That(await ends.EndAsync(crowd.Clock.GetUtcNow(), 100, default), Is.EqualTo(new[] { id }));
        Assert.That(crowd.Published<MentionsChanged>()[^1].PersonIds, Is.EqualTo(new[] { ana.Id }));
    }

    [Test]
    public async Task A_claim_lasts_as_long_as_the_rule_says_and_so_does_one_after_it_came_back()
    {
        await RuleAsync(1, claimMinutes: 90);
        var (ana, ben) = (await PersonAsync(1), await PersonAsync(0.7));
        var id = await RoutedAsync();
        Assert.That((await ClaimAsync(id, ana)).Until, Is.EqualTo(crowd.Clock.GetUtcNow().AddMinutes(90)));
        await crowd.Get<ClaimDesk>().ReleaseAsync(id, CrowdDriver.Brand, ana.Id);
        Assert.That((await ClaimAsync(id, ben)).Until, Is.EqualTo(crowd.Clock.GetUtcNow().AddMinutes(90)));
    }

    [Test]
    public async Task Quiet_hours_and_the_limit_of_the_day_keep_offers_away()
    {
        await RuleAsync(3);
        var (quiet, done, here) = (await PersonAsync(1), await PersonAsync(0.9), await PersonAsync(0.2));
        var availability = crowd.Get<AvailabilityStore>();
        // It is noon in UTC.
        await availability.SaveAsync(quiet.Id, new Availability { TimeZone = "Asia/Tokyo", QuietFrom = "20:30", QuietUntil = "07:00" });
        await availability.SaveAsync(done.Id, new Availability { DailyLimit = 1 });
        await crowd.ClaimedAsync(done);
        var id = await RoutedAsync();
        Assert.That(await AskedAsync(id), Is.EqualTo(new[] { here.Id }));
        var reasons = (await crowd.Get<RoutingStore>().DecisionsAsync(id)).Single().Decision.Candidates.ToDictionary(c => c.PersonId, c => c.Excluded);
        Assert.That((reasons[quiet.Id], reasons[done.Id]), Is.EqualTo(("quiet hours until 07:00", "reached the daily limit of 1")));

        // Tokyo's morning, and the next day in UTC.
        crowd.Clock.Advance(TimeSpan.FromHours(12));
        await SeenAsync(quiet, done, here);
        Assert.That(await AskedAsync(await RoutedAsync()), Is.EquivalentTo(new[] { quiet.Id, done.Id, here.Id }));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Capacity_is_never_exceeded_whatever_is_asked_claimed_passed_and_routed_at_once(int seed)
    {
        var random = new Random(seed);
        await WeightedRulesAsync(random.Next(2, 6));
        var people = new List<Person>();
        for (var i = 0; i < 6; i++)
            people.Add(await PersonAsync(random.NextDouble(), capacity: random.Next(1, 6)));
        var ids = new List<Guid>();
        for (var i = 0; i < 24; i++)
            ids.Add(await crowd.ClassifiedAsync(Some.Post(text: (i % 3) switch { 0 => "large", 1 => "medium", _ => "small" })));

        for (var round = 0; round < 4; round++)
        {
            // Two routers on the same mentions and on different ones, while people claim and pass.
            var (some, others) = (Shuffled(ids, random)[..16], Shuffled(ids, random)[..16]);
            var acts = people.Select(p => (Person: p, Act: random.Next(3), Seed: random.Next())).ToList();
            await Task.WhenAll(
                [Task.Run(() => RouteAsync([.. some])), Task.Run(() => RouteAsync([.. others])), .. acts.Select(a => Task.Run(() => ActAsync(a.Person, a.Act)))]);
            await AssertCapacityAsync(people);
        }

        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM offers"), Is.GreaterThan(people.Count));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM offers WHERE places > 1"), Is.GreaterThan(0));
    }

    [Test]
    public async Task A_mention_takes_its_places_from_the_offer_to_the_answer_and_again_when_it_comes_back()
    {
        await WeightedRulesAsync(1);
        var (ana, ben) = (await PersonAsync(1, capacity: 3), await PersonAsync(0.5, capacity: 2));
        var id = await RoutedAsync("large");
        Assert.That(await AskedAsync(id), Is.EqualTo(new[] { ana.Id }));
        Assert.That(await LoadsAsync(), Is.EqualTo(new Dictionary<Guid, int> { [ana.Id] = 3, [ben.Id] = 0 }));
        await crowd.ClaimAsync(id, ana);
        Assert.That((await crowd.RowAsync(id)).Places, Is.EqualTo(3));
        Assert.That(await LoadsAsync(), Is.EqualTo(new Dictionary<Guid, int> { [ana.Id] = 3, [ben.Id] = 0 }));

        await crowd.Get<ClaimDesk>().ReleaseAsync(id, CrowdDriver.Brand, ana.Id);
        Assert.That(await LoadsAsync(), Is.EqualTo(new Dictionary<Guid, int> { [ana.Id] = 0, [ben.Id] = 0 }));
        // Whoever takes it now gives it as many places, also beyond what they have.
        await crowd.ClaimAsync(id, ben);
        Assert.That(await LoadsAsync(), Is.EqualTo(new Dictionary<Guid, int> { [ana.Id] = 0, [ben.Id] = 3 }));
        Assert.That(await AskedAsync(await RoutedAsync("small")), Is.EqualTo(new[] { ana.Id }));
    }

    [Test]
    public async Task Who_has_too_few_places_free_is_not_asked_and_the_decision_says_so()
    {
        await WeightedRulesAsync(1);
        var (ana, ben) = (await PersonAsync(1, capacity: 3), await PersonAsync(0.2, capacity: 2));
        await RoutedAsync("medium");
        Assert.That(await LoadsAsync(), Is.EqualTo(new Dictionary<Guid, int> { [ana.Id] = 2, [ben.Id] = 0 }));
        var id = await RoutedAsync("large");
        Assert.That(await AskedAsync(id), Is.Empty);
        var decision = (await crowd.Get<RoutingStore>().DecisionsAsync(id)).Single().Decision;
        Assert.That(decision.Candidates.ToDictionary(c => c.PersonId, c => c.Excluded), Is.EqualTo(new Dictionary<Guid, string?>
        {
            [ana.Id] = "needs 3 places, 1 free", [ben.Id] = "needs 3 places, 2 in all",
        }));
        Assert.That((await crowd.Get<DecisionExplainer>().ExplainAsync(id))!.IsReproduced, Is.True);
    }

    private async Task ActAsync(Person person, int act)
    {
        if (await crowd.Get<FeedQueries>().OffersAsync(person.Id) is not [var offer, ..])
            return;
        if (act == 0)
            await ClaimAsync(offer.Id, person);
        else if (act == 1)
            await PassAsync(offer.Id, person);
    }

    private async Task AssertCapacityAsync(IEnumerable<Person> people)
    {
        var loads = await LoadsAsync();
        foreach (var person in people)
            Assert.That(loads[person.Id], Is.LessThanOrEqualTo(person.Capacity), person.Name);
        Assert.That(
            await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM offers o JOIN mentions m ON m.id = o.mention_id WHERE o.state = 'open' AND m.status <> 'open'"),
            Is.Zero, "an offer can be open only while its mention is");
    }

    private async Task<Dictionary<Guid, int>> LoadsAsync() =>
        (await crowd.QueryAsync<(Guid Id, int Load)>(
            """
            SELECT p.id, CAST(
              COALESCE((SELECT SUM(m.places) FROM mentions m WHERE m.assignee_id = p.id AND m.status = 'claimed'), 0) +
              COALESCE((SELECT SUM(o.places) FROM offers o WHERE o.person_id = p.id AND o.state = 'open'), 0) AS INTEGER) FROM people p
            """)).ToDictionary(p => p.Id, p => p.Load);

    private Task RuleAsync(int offerTo, double claimMinutes = 20) => crowd.Get<RuleSetStore>().PublishAsync(
        CrowdDriver.Brand, $$"""{"rules":[{"id":"crowd","then":{"action":"offer","offerTo":{{offerTo}},"claimMinutes":{{claimMinutes}} } }]}""", null);

    private Task WeightedRulesAsync(int offerTo) => crowd.Get<RuleSetStore>().PublishAsync(
        CrowdDriver.Brand,
        $$"""
        {"rules":[
          {"id":"large","when":{"text":{"containsAny":["large"]} },"then":{"action":"offer","offerTo":{{offerTo}},"places":3} },
          {"id":"medium","when":{"text":{"containsAny":["medium"]} },"then":{"action":"offer","offerTo":{{offerTo}},"places":2} },
          {"id":"crowd","then":{"action":"offer","offerTo":{{offerTo}} } }]}
        """, null);

    private Task<Person> PersonAsync(double billing, int capacity = 3) => crowd.AdvocateAsync(capacity: capacity, skills: new PersonSkill("topic:billing", billing));

    private async Task<Guid> RoutedAsync(string? text = null)
    {
        var id = await crowd.ClassifiedAsync(Some.Post(text: text));
        await RouteAsync(id);
        return id;
    }

    private async Task SeenAsync(params Person[] people)
    {
        foreach (var person in people)
            await crowd.Get<IPresence>().SeenAsync(person.Id);
    }

    private static List<Guid> Shuffled(IReadOnlyList<Guid> ids, Random random) => [.. ids.OrderBy(_ => random.Next())];

    private Task RouteAsync(params Guid[] ids) => crowd.Get<RoutingStep>().RouteAsync(ids, default);

    private Task PassAsync(Guid id, Person person) => crowd.Get<ClaimDesk>().PassAsync(id, CrowdDriver.Brand, person.Id, PassReason.TooBusy, null);

    private Task<ClaimResult> ClaimAsync(Guid id, Person person) => crowd.Get<ClaimDesk>().ClaimAsync(id, CrowdDriver.Brand, person.Id, person.Role);

    private async Task<IReadOnlyList<Guid>> AskedAsync(Guid id) =>
        [.. (await crowd.Database.WriteAsync(transaction => crowd.Get<OfferStore>().OpenOffersAsync(transaction, id))).Select(o => o.PersonId)];
}
