using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

[EachEngine]
public sealed class RoutingStepTests(string engine)
{
    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_classified_mention_is_opened_and_offered()
    {
        var advocate = await crowd.AdvocateAsync();
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Open));
        Assert.That(await OfferedToAsync(id), Is.EqualTo(advocate.Id));
    }

    [Test]
    public async Task The_decision_is_stored_with_its_reasons()
    {
        var advocate = await crowd.AdvocateAsync("Ana");
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        var decision = (await crowd.Get<RoutingStore>().DecisionsAsync(id)).Single().Decision;
        Assert.That((decision.Outcome, decision.OfferTo, decision.Candidates.Single().Name), Is.EqualTo((RoutingOutcome.Offered, (Guid?)advocate.Id, "Ana")));
    }

    [Test]
    public async Task Every_stored_decision_can_be_made_again_whatever_changed_since()
    {
        var rules = crowd.Get<RuleSetStore>();
        var people = new List<Person>();
        for (var i = 0; i < 4; i++)
            people.Add(await crowd.AdvocateAsync(capacity: 2, skills: new PersonSkill($"topic:{(i % 2 == 0 ? "billing" : "delivery")}", 0.3 + (i * 0.2))));
        var ids = new List<Guid>();
        for (var round = 0; round < 6; round++)
        {
            await rules.PublishAsync(CrowdDriver.Brand, $$"""{"matching":{"waitMinutes":{{round * 3}} },"rules":[{"id":"crowd-{{round}}","then":{"action":"offer","overflowMinutes":20} }]}""", null);
            for (var i = 0; i < 5; i++)
                ids.Add(await crowd.ClassifiedAsync(score: Some.Score((Heads.Language, "en", 1), (Heads.Topic, i % 2 == 0 ? "billing" : "delivery", 0.9))));
            await RouteAsync([.. ids]);
            foreach (var id in ids.Where((_, i) => i % 3 == 0))
                await crowd.Get<ClaimDesk>().PassAsync(id, CrowdDriver.Brand, await OfferedToAsync(id) ?? default, null, null);
            crowd.Clock.Advance(TimeSpan.FromMinutes(4));
            await crowd.Database.WriteAsync(transaction => crowd.Get<OfferStore>().ExpireAsync(transaction, 100));
        }

        var replayed = 0;
        foreach (var id in ids)
        {
            var (row, score) = (await crowd.RowAsync(id), await crowd.Get<RoutingStore>().ScoreAsync(id));
            foreach (var stored in await crowd.Get<RoutingStore>().DecisionsAsync(id))
            {
                var then = RuleSetCheck.Read((await rules.FindAsync(CrowdDriver.Brand, stored.Decision.RuleSetVersion))!.Document).RuleSet!;
                Assert.That(Sql.ToJson(Replay.Of(stored.Decision, then, row, score!)), Is.EqualTo(Sql.ToJson(stored.Decision)));
                replayed++;
            }
        }

        Assert.That(replayed, Is.GreaterThan(ids.Count));
        Assert.That((await crowd.Get<DecisionExplainer>().ExplainAsync(ids[0], people[3].Id))!, Has.Property("IsReproduced").True.And.Property("Asked").Not.Null);
    }

    [Test]
    public async Task Desks_hear_of_the_mention_and_of_whose_list_changed()
    {
        var advocate = await crowd.AdvocateAsync();
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        var changed = crowd.Published<MentionsChanged>().Single();
        Assert.That((changed.MentionIds[0], changed.PersonIds[0]), Is.EqualTo((id, advocate.Id)));
    }

    [Test]
    public async Task A_repeated_message_changes_nothing()
    {
        await crowd.AdvocateAsync();
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        var version = (await crowd.RowAsync(id)).Version;
        await RouteAsync(id);
        Assert.That((await crowd.RowAsync(id)).Version, Is.EqualTo(version));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM offers"), Is.EqualTo(1));
    }

    [Test]
    public async Task Several_batches_fill_nobody_over_their_capacity()
    {
        var people = new[] { await crowd.AdvocateAsync(capacity: 2), await crowd.AdvocateAsync(capacity: 5), await crowd.AdvocateAsync(capacity: 1) };
        for (var batch = 0; batch < 4; batch++)
        {
            var ids = new List<Guid>();
            for (var i = 0; i < 6; i++)
                ids.Add(await crowd.ClassifiedAsync());
            await RouteAsync([.. ids]);
        }

        foreach (var person in people)
            Assert.That(await LoadAsync(person), Is.EqualTo(person.Capacity));
    }

    [Test]
    public async Task Batches_that_are_routed_at_once_fill_nobody_over_their_capacity()
    {
        var person = await crowd.AdvocateAsync(capacity: 3);
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++)
            ids.Add(await crowd.ClassifiedAsync());
        await Task.WhenAll(ids.Chunk(2).Select(chunk => Task.Run(() => RouteAsync(chunk))));
        Assert.That(await LoadAsync(person), Is.EqualTo(3));
    }

    [Test]
    public async Task Claims_count_as_load()
    {
        var person = await crowd.AdvocateAsync(capacity: 1);
        await crowd.ClaimedAsync(person);
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        Assert.That(await OfferedToAsync(id), Is.Null);
    }

    [Test]
    public async Task An_offer_that_ran_out_goes_to_the_next()
    {
        var (first, second) = (await crowd.AdvocateAsync(skills: new PersonSkill("topic:billing", 1)), await crowd.AdvocateAsync());
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        Assert.That(await OfferedToAsync(id), Is.EqualTo(first.Id));
        await AdvanceAndRouteAsync(TimeSpan.FromMinutes(5), id, first, second);
        Assert.That(await OfferedToAsync(id), Is.EqualTo(second.Id));
    }

    [Test]
    public async Task Who_passed_is_not_asked_again()
    {
        var (first, second) = (await crowd.AdvocateAsync(skills: new PersonSkill("topic:billing", 1)), await crowd.AdvocateAsync());
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        await crowd.Get<ClaimDesk>().PassAsync(id, CrowdDriver.Brand, first.Id, null, null);
        await RouteAsync(id);
        Assert.That(await OfferedToAsync(id), Is.EqualTo(second.Id));
        await crowd.Get<ClaimDesk>().PassAsync(id, CrowdDriver.Brand, second.Id, null, null);
        await RouteAsync(id);
        var row = await crowd.RowAsync(id);
        Assert.That((row.Status, row.Queue), Is.EqualTo((MentionStatus.Escalated, Queues.Overflow)));
    }

    [Test]
    public async Task Who_gave_it_back_is_not_asked_and_it_stays_with_the_crowd()
    {
        var ana = await crowd.AdvocateAsync("Ana");
        var (id, _) = await crowd.ClaimedAsync(ana);
        await crowd.Get<ClaimDesk>().ReleaseAsync(id, CrowdDriver.Brand, ana.Id);
        await RouteAsync(id);
        Assert.That(await OfferedToAsync(id), Is.Null);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Open));

        var ben = await crowd.AdvocateAsync("Ben");
        await RouteAsync(id);
        Assert.That(await OfferedToAsync(id), Is.EqualTo(ben.Id));
    }

    [Test]
    public async Task A_mention_that_waited_too_long_overflows_to_staff()
    {
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Open));

        crowd.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.That(await OverdueAsync(), Is.Empty);

        crowd.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await OverdueAsync(), Is.EqualTo(new[] { id }));
        await RouteAsync(id);
        var row = await crowd.RowAsync(id);
        Assert.That((row.Status, row.Queue), Is.EqualTo((MentionStatus.Escalated, Queues.Overflow)));
        Assert.That(row.DueAt, Is.GreaterThan(crowd.Clock.GetUtcNow()));
    }

    [Test]
    public async Task A_mention_that_waits_is_offered_when_somebody_comes()
    {
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        var advocate = await crowd.AdvocateAsync();
        crowd.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That(await crowd.Get<RoutingStore>().DueAsync(crowd.Clock.GetUtcNow(), 100, default), Is.EqualTo(new[] { id }));
        await RouteAsync(id);
        Assert.That(await OfferedToAsync(id), Is.EqualTo(advocate.Id));
    }

    [Test]
    public async Task What_waits_on_is_no_news()
    {
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        var version = (await crowd.RowAsync(id)).Version;
        crowd.Clock.Advance(TimeSpan.FromSeconds(10));
        await RouteAsync(id);
        Assert.That((await crowd.RowAsync(id)).Version, Is.EqualTo(version));
        Assert.That(await crowd.Get<RoutingStore>().DecisionsAsync(id), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_staff_handed_back_is_offered_and_not_escalated_again()
    {
        var agent = await crowd.AgentAsync();
        var id = await crowd.ClassifiedAsync(score: Some.Score((Heads.Anger, "anger", 0.95)));
        await RouteAsync(id);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Escalated));

        await crowd.Get<StaffDesk>().HandBackAsync(id, CrowdDriver.Brand, agent.Id, "Be kind.");
        var advocate = await crowd.AdvocateAsync();
        await RouteAsync(id);
        Assert.That(await OfferedToAsync(id), Is.EqualTo(advocate.Id));
    }

    [Test]
    public async Task What_staff_handed_back_is_offered_to_those_who_were_asked_before()
    {
        var (ana, agent) = (await crowd.AdvocateAsync("Ana"), await crowd.AgentAsync());
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        var desk = crowd.Get<StaffDesk>();
        await desk.EscalateAsync(id, CrowdDriver.Brand, ana.Id, ana.Role, "Too hard");
        await desk.HandBackAsync(id, CrowdDriver.Brand, agent.Id, "Ask for the serial number");
        await RouteAsync(id);
        Assert.That(await OfferedToAsync(id), Is.EqualTo(ana.Id));
    }

    [Test]
    public async Task The_brands_own_post_is_ignored()
    {
        await crowd.ChannelAsync("""{"handle":"@Acme"}""");
        var id = await crowd.ClassifiedAsync(Some.Post(author: Some.Author("ACME")));
        await RouteAsync(id);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Ignored));
    }

    [Test]
    public async Task Who_is_not_here_is_not_asked()
    {
        await crowd.AdvocateAsync(isPresent: false);
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        Assert.That(await OfferedToAsync(id), Is.Null);
    }

    [Test]
    public async Task Staff_and_suspended_people_are_not_asked()
    {
        await crowd.AgentAsync();
        var suspended = await crowd.AdvocateAsync();
        await crowd.Get<Suspensions>().SuspendAsync(suspended.Id, CrowdDriver.Brand, "rude", null);
        var id = await crowd.ClassifiedAsync();
        await RouteAsync(id);
        Assert.That(await OfferedToAsync(id), Is.Null);
    }

    [Test]
    public async Task Who_answered_a_customer_before_is_asked_first()
    {
        var customer = Some.Author();
        await crowd.AdvocateAsync();
        var known = await crowd.AdvocateAsync();
        await crowd.AdvocateAsync();
        var (before, fence) = await crowd.ClaimedAsync(known, Some.Post(author: customer));
        await crowd.ApplyAsync(MentionChange.Answered(before, known.Id, fence, new { }));
        var id = await crowd.ClassifiedAsync(Some.Post(author: customer));
        await RouteAsync(id);
        Assert.That(await OfferedToAsync(id), Is.EqualTo(known.Id));
    }

    [Test]
    public async Task The_most_urgent_of_a_batch_is_given_away_first()
    {
        await crowd.AdvocateAsync(capacity: 1);
        var published = await crowd.Get<RuleSetStore>().PublishAsync(CrowdDriver.Brand, """{"rules":[{"id":"a","then":{"action":"offer"}}]}""", null);
        Assert.That(published.Version, Is.EqualTo(1));
        var ordinary = await crowd.OpenAsync(Some.Post() with { CreatedAt = Some.Noon.AddHours(-1) });
        var urgent = await crowd.ClassifiedAsync();
        await crowd.ApplyAsync(MentionChange.Opened(urgent, 50, new { }));
        await RouteAsync(ordinary, urgent);
        Assert.That(await OfferedToAsync(urgent), Is.Not.Null);
        Assert.That(await OfferedToAsync(ordinary), Is.Null);
    }

    [Test]
    public async Task Rules_know_the_conversation_and_the_time()
    {
        var customer = Some.Author();
        var person = await crowd.AdvocateAsync();
        var (first, fence) = await crowd.ClaimedAsync(person, Some.Post("root", author: customer));
        await crowd.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            INSERT INTO replies (id, mention_id, network, person_id, fence, text, network_key, state, created_at)
            VALUES ('posted', @first, 'scripted', @person, 1, 'Hello', 'key', 'posted', 0), ('failed', @first, 'scripted', @person, 1, 'Hello', 'key', 'failed', 0)
            """,
            new { first, person = person.Id }));
        await crowd.ApplyAsync(MentionChange.Answered(first, person.Id, fence, new { }));
        var again = await crowd.ClassifiedAsync(Some.Post(inReplyTo: "root", author: customer) with { RootId = "root" });
        var other = await crowd.ClassifiedAsync(Some.Post(inReplyTo: "root") with { RootId = "root" });
        var alone = await crowd.ClassifiedAsync();
        crowd.Clock.Advance(TimeSpan.FromHours(1));

        var store = crowd.Get<RoutingStore>();
        var loaded = (await store.WithConversationsAsync(await store.LoadAsync([again, other, alone], default), default)).ToDictionary(m => m.Row.Id);

        Assert.That((loaded[again].Turns, loaded[again].IsReopened, loaded[again].AnsweredAuthorBefore.Count), Is.EqualTo((4, true, 1)));
        Assert.That((loaded[other].Turns, loaded[other].IsReopened), Is.EqualTo((4, false)));
        Assert.That((loaded[alone].Turns, loaded[alone].IsReopened), Is.EqualTo((1, false)));

        await crowd.Get<RuleSetStore>().PublishAsync(
            CrowdDriver.Brand, """{"rules":[{"id":"again","when":{"any":[{"conversation":{"reopened":true}}]},"then":{"action":"escalate"}}]}""", null);
        await RouteAsync(again, other);
        Assert.That((await store.DecisionsAsync(again))[0].Decision.Inputs!.Now, Is.EqualTo(crowd.Clock.GetUtcNow()));
        Assert.That(((await crowd.RowAsync(again)).Status, (await crowd.RowAsync(other)).Status), Is.EqualTo((MentionStatus.Escalated, MentionStatus.Open)));
    }

    private Task RouteAsync(params Guid[] ids) => crowd.Get<RoutingStep>().RouteAsync(ids, default);

    // People at the desk say so again and again; offers that ran out are swept.
    private async Task AdvanceAndRouteAsync(TimeSpan by, Guid id, params Person[] present)
    {
        crowd.Clock.Advance(by);
        foreach (var person in present)
            await crowd.Get<IPresence>().SeenAsync(person.Id);
        await crowd.WriteAsync(transaction => crowd.Get<OfferStore>().ExpireAsync(transaction, 100));
        await RouteAsync(id);
    }

    private Task<IReadOnlyList<Guid>> OverdueAsync() => crowd.Get<RoutingStore>().OverdueAsync(crowd.Clock.GetUtcNow(), 100, default);

    private async Task<Guid?> OfferedToAsync(Guid id) =>
        (await crowd.Database.WriteAsync(transaction => crowd.Get<OfferStore>().OpenOffersAsync(transaction, id))).SingleOrDefault()?.PersonId;

    private Task<int> LoadAsync(Person person) =>
        crowd.ScalarAsync<int>("SELECT COUNT(*) FROM offers WHERE person_id = @Id AND state = 'open'", new { person.Id });
}
