using Crowd4Care.Contracts;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Routing;
using Crowd4Care.State;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OfferRoundsTests
{
    private static readonly IReadOnlyDictionary<Guid, int> Nothing = new Dictionary<Guid, int>();

    private static readonly RuleSet Rules = RuleSetCheck.Read("""{"matching":{"waitMinutes":0},"rules":[{"id":"crowd","then":{"action":"offer"}}]}""").RuleSet!;

    private static readonly RuleSet Several = RuleSetCheck.Read("""{"rules":[{"id":"crowd","then":{"action":"offer","offerTo":3}}]}""").RuleSet!;

    private static readonly RuleSet TakesTwo = RuleSetCheck.Read("{\"rules\":[{\"id\":\"crowd\",\"then\":{\"action\":\"offer\",\"places\":2}}]}").RuleSet!;

    private readonly Guid turn = Some.Id();
    private readonly ScriptedReservations reservations = new();
    private readonly Candidate ana = Some.Candidate("ana", capacity: 2, skills: ("topic:billing", 1));
    private readonly Candidate ben = Some.Candidate("ben", capacity: 2, skills: ("topic:billing", 0.5));
    private readonly Candidate eva = Some.Candidate("eva", capacity: 2, skills: ("topic:billing", 0.3));

    [Test]
    public async Task What_is_granted_is_offered()
    {
        var decisions = await DecideAsync(1, [ana, ben]);
        Assert.That(decisions.Select(d => d.OfferTo), Is.EqualTo(new Guid?[] { ana.Id }));
        Assert.That(reservations.Wanted, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Loads_of_the_database_are_named_and_not_what_others_hold()
    {
        var busy = Some.Candidate("busy", capacity: 5, load: 1);
        await DecideAsync(1, [busy], new Dictionary<Guid, int> { [busy.Id] = 2 });
        Assert.That(reservations.Wanted[0], Is.EqualTo(new[] { new PlacesWanted(busy.Id, 1, 1, 5) }));
    }

    [Test]
    public async Task Who_is_full_by_what_others_hold_is_passed_over()
    {
        var decisions = await DecideAsync(1, [ana, ben], new Dictionary<Guid, int> { [ana.Id] = 2 });
        Assert.That(decisions[0].OfferTo, Is.EqualTo(ben.Id));
    }

    [Test]
    public async Task A_refused_place_is_decided_again_with_that_advocate_full()
    {
        reservations.Refuse(ana.Id, 1);
        var decisions = await DecideAsync(1, [ana, ben]);
        Assert.That(decisions[0].OfferTo, Is.EqualTo(ben.Id));
        Assert.That(decisions[0].Candidates.Single(c => c.PersonId == ana.Id).Excluded, Is.EqualTo("is full (2 of 2)"));
        Assert.That(reservations.Wanted[^1].Select(w => w.PersonId), Is.EqualTo(new[] { ben.Id }));
    }

    [Test]
    public async Task Of_two_who_want_the_last_place_the_first_gets_it()
    {
        reservations.Refuse(ana.Id, 1);
        var decisions = await DecideAsync(2, [ana, ben]);
        Assert.That(decisions.Select(d => d.OfferTo), Is.EqualTo(new Guid?[] { ana.Id, ben.Id }));
        Assert.That(reservations.Wanted[^1].ToDictionary(w => w.PersonId, w => w.Count), Is.EquivalentTo(new Dictionary<Guid, int> { [ana.Id] = 1, [ben.Id] = 1 }), "the whole of it is reserved again");
    }

    [Test]
    public async Task Where_places_run_out_mentions_are_matched_together()
    {
        var expert = Some.Candidate("expert", capacity: 1, skills: [("topic:billing", 1), ("topic:technical", 1)]);
        var helper = Some.Candidate("helper", capacity: 1, skills: ("topic:billing", 0.9));
        var rules = RuleSetCheck.Read("""{"rules":[{"id":"crowd","then":{"action":"offer","skills":[{"skill":"topic:*","atLeast":0.5}]}}]}""").RuleSet!;
        RoutableMention[] mentions = [Some.Mention(score: Some.Score((Heads.Topic, "billing", 0.9))), Some.Mention(score: Some.Score((Heads.Topic, "technical", 0.9)))];
        var decisions = await new OfferRounds(reservations).DecideAsync(turn, new RoutingTurn(rules, 1, AdvocateIndex.Of([expert, helper]), Some.Noon), mentions, Nothing);
        Assert.That(decisions.Select(d => d.OfferTo), Is.EqualTo(new Guid?[] { helper.Id, expert.Id }));
        Assert.That(decisions[0].Explanation, Does.Contain("expert is needed more"));
        Assert.That(decisions.Select(d => d.Candidates.Select(c => c.PersonId).Contains(d.OfferTo!.Value)), Is.All.True);
        Assert.That((expert.Load, helper.Load), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Each_who_is_asked_at_once_has_a_place_reserved()
    {
        var decisions = await DecideAsync(1, [ana, ben, eva], rules: Several);
        Assert.That(decisions[0].OfferedTo, Is.EqualTo(new[] { ana.Id, ben.Id, eva.Id }));
        Assert.That(reservations.Wanted.Single().Select(w => (w.PersonId, w.Count)), Is.EquivalentTo(new[] { (ana.Id, 1), (ben.Id, 1), (eva.Id, 1) }));
    }

    [Test]
    public async Task Where_one_of_several_has_no_place_the_others_are_asked()
    {
        reservations.Refuse(ana.Id, 1);
        var decisions = await DecideAsync(1, [ana, ben, eva], rules: Several);
        Assert.That(decisions[0].OfferedTo, Is.EqualTo(new[] { ben.Id, eva.Id }));
    }

    [Test]
    public async Task Where_places_run_out_one_is_asked_about_each()
    {
        var decisions = await DecideAsync(6, [ana, ben, eva], rules: Several);
        Assert.That(decisions.Select(d => d.OfferedTo.Count()), Is.All.EqualTo(1));
        Assert.That((ana.Load, ben.Load, eva.Load), Is.EqualTo((2, 2, 2)));
    }

    [Test]
    public async Task As_many_places_are_reserved_as_a_mention_takes()
    {
        var decisions = await DecideAsync(1, [ana, ben], rules: TakesTwo);
        Assert.That((decisions[0].OfferTo, decisions[0].Places), Is.EqualTo(((Guid?)ana.Id, (int?)2)));
        Assert.That(reservations.Wanted[0], Is.EqualTo(new[] { new PlacesWanted(ana.Id, 2, 0, 2) }));
    }

    [Test]
    public async Task Fewer_places_than_it_takes_are_of_no_use()
    {
        reservations.Refuse(ana.Id, 1);
        var decisions = await DecideAsync(1, [ana, ben], rules: TakesTwo);
        Assert.That(decisions[0].OfferTo, Is.EqualTo(ben.Id));
    }

    [Test]
    public async Task When_nobody_else_is_free_it_waits_as_usual()
    {
        reservations.Refuse(ana.Id, 1);
        var decisions = await DecideAsync(1, [ana]);
        Assert.That(decisions[0].Outcome, Is.EqualTo(RoutingOutcome.Waiting));
        Assert.That(decisions[0].LookAgainAt, Is.Null);
    }

    [Test]
    public async Task After_three_rounds_it_waits_a_second()
    {
        foreach (var candidate in new[] { ana, ben, eva })
            reservations.Refuse(candidate.Id, 1);
        var decisions = await DecideAsync(1, [ana, ben, eva, Some.Candidate("fay")]);
        Assert.That(reservations.Wanted, Has.Count.EqualTo(3));
        Assert.That(decisions[0].Outcome, Is.EqualTo(RoutingOutcome.Waiting));
        Assert.That(decisions[0].OfferTo, Is.Null);
        Assert.That(decisions[0].LookAgainAt, Is.EqualTo(Some.Noon.AddSeconds(1)));
        Assert.That(decisions[0].OverflowAt, Is.Not.Null);
    }

    [Test]
    public async Task Nothing_is_reserved_where_nothing_is_offered()
    {
        await DecideAsync(1, []);
        Assert.That(reservations.Wanted, Is.Empty);
    }

    private Task<IReadOnlyList<Decision>> DecideAsync(int mentions, IReadOnlyList<Candidate> candidates, IReadOnlyDictionary<Guid, int>? held = null, RuleSet? rules = null) =>
        new OfferRounds(reservations).DecideAsync(
            turn, new RoutingTurn(rules ?? Rules, 1, AdvocateIndex.Of(candidates), Some.Noon), [.. Enumerable.Range(0, mentions).Select(_ => Some.Mention())], held ?? Nothing);

    // Grants all but what the test lets another router have.
    private sealed class ScriptedReservations : IReservations
    {
        private readonly Dictionary<Guid, int> refused = [];

        public List<IReadOnlyCollection<PlacesWanted>> Wanted { get; } = [];

        public void Refuse(Guid personId, int count) => refused[personId] = count;

        public Task<IReadOnlyDictionary<Guid, int>> OfOthersAsync(Guid turnId) => Task.FromResult(Nothing);

        public Task<IReadOnlyDictionary<Guid, int>> TryReserveAsync(Guid turnId, IReadOnlyCollection<PlacesWanted> wanted)
        {
            Wanted.Add(wanted);
            return Task.FromResult<IReadOnlyDictionary<Guid, int>>(wanted.ToDictionary(w => w.PersonId, w =>
            {
                refused.Remove(w.PersonId, out var less);
                return w.Count - less;
            }));
        }

        public Task ReleaseAsync(Guid turnId) => Task.CompletedTask;
    }
}
