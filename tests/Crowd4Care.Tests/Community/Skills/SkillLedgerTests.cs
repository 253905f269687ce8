using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community.Skills;

[EachEngine]
public sealed class SkillLedgerTests(string engine)
{
    private const string Billing = "topic:billing";

    private CrowdDriver crowd = null!;
    private Person ana = null!;
    private Person ben = null!;
    private Person agent = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        // One skill that no outcome says anything of.
        ana = await crowd.AdvocateAsync("Ana", skills: [new PersonSkill(Billing, 0.5), new PersonSkill("topic:technical", 0.3)]);
        ben = await crowd.AdvocateAsync("Ben", skills: new PersonSkill(Billing, 0.5));
        agent = await crowd.AgentAsync();
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task An_answer_that_was_resolved_raises_topic_and_a_little_language()
    {
        await AnsweredAsync(ana, closedBy: agent);
        await CatchUpAsync();
        var (topic, language) = (await OfAsync(ana, Billing), await OfAsync(ana, "lang:en"));
        Assert.That(topic!.Proficiency, Is.EqualTo(Estimated(0.5, 1)).Within(1e-9));
        Assert.That((topic.Outcomes, topic.Declared, topic.Evidence), Is.EqualTo((1, (double?)0.5, 1.0)).Within(1e-9));
        Assert.That((language!.Proficiency, language.Outcomes), Is.EqualTo(((double?)1, 1)));
        Assert.That(await RoutedByAsync(ana, Billing), Is.EqualTo(topic.Proficiency).Within(1e-9));
    }

    [Test]
    public async Task The_router_prefers_who_does_well()
    {
        await AnsweredAsync(ben, closedBy: agent);
        await CatchUpAsync();
        // If both knew as much, Ana would get it: her id is lower.
        var id = await crowd.ClassifiedAsync();
        await crowd.Get<RoutingStep>().RouteAsync([id], default);
        var best = (await crowd.Get<RoutingStore>().DecisionsAsync(id)).Single().Decision.OfferTo;
        Assert.That(best, Is.EqualTo(ben.Id));
    }

    [Test]
    public async Task A_claim_that_ran_out_lowers_it()
    {
        await crowd.ClaimedAsync(ana);
        crowd.Clock.Advance(TimeSpan.FromMinutes(21));
        await crowd.Get<ClaimDesk>().ExpireAsync(10, default);
        await CatchUpAsync();
        Assert.That((await OfAsync(ana, Billing))!.Estimate, Is.LessThan(0.5));
    }

    [TestCase(5, 0)]
    [TestCase(15, -0.5)]
    public async Task Only_a_late_hand_over_lowers_it(int minutes, double weight)
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        crowd.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await crowd.Get<StaffDesk>().EscalateAsync(id, CrowdDriver.Brand, ana.Id, Role.Advocate, "too technical");
        await CatchUpAsync();
        Assert.That((await OfAsync(ana, Billing))!.Estimate, Is.EqualTo(Estimated(0.5, weight)).Within(1e-6));
    }

    [Test]
    public async Task A_worse_mood_takes_a_success_back()
    {
        var id = await AnsweredAsync(ana, closedBy: agent);
        await CatchUpAsync();
        await MoodAsync(id, MoodShift.Worse);
        await CatchUpAsync();
        var billing = (await OfAsync(ana, Billing))!;
        Assert.That((billing.Estimate, billing.Outcomes), Is.EqualTo((Estimated(0.5, -1), 1)).Within(1e-9));
    }

    [Test]
    public async Task A_topic_that_staff_correct_takes_the_outcome_with_it()
    {
        var id = await AnsweredAsync(ana, closedBy: agent);
        await CatchUpAsync();
        var saved = await crowd.Get<CorrectionStore>().SaveAsync(id, CrowdDriver.Brand, agent.Id, Role.Agent, Heads.Topic, "refund");
        Assert.That(saved.Outcome, Is.EqualTo(CorrectionOutcome.Saved));
        await CatchUpAsync();
        var (billing, refund) = (await OfAsync(ana, Billing), await OfAsync(ana, "topic:refund"));
        Assert.That((billing!.Estimate, billing.Outcomes), Is.EqualTo((0.5, 0)));
        Assert.That((refund!.Outcomes, refund.Proficiency, refund.Declared), Is.EqualTo((1, (double?)null, (double?)null)));
    }

    [Test]
    public async Task Good_answers_teach_a_skill_that_nobody_declared()
    {
        var cleo = await crowd.AdvocateAsync("Cleo");
        for (var i = 0; i < 3; i++)
        {
            Assert.That(await RoutedByAsync(cleo, Billing), Is.Null, $"after {i} answers");
            await AnsweredAsync(cleo, closedBy: agent);
            await CatchUpAsync();
        }

        Assert.That(await RoutedByAsync(cleo, Billing), Is.EqualTo(Estimated(null, 3)).Within(1e-6));
    }

    [Test]
    public async Task Outcomes_fade_without_anything_happening()
    {
        await AnsweredAsync(ana, closedBy: agent);
        await CatchUpAsync();
        crowd.Clock.Advance(TimeSpan.FromHours(23));
        Assert.That(await FadedAsync(), Is.EqualTo(Estimated(0.5, 1)).Within(1e-6), "not yet");

        crowd.Clock.Advance(SkillRules.HalfLife - TimeSpan.FromHours(23));
        Assert.That(await FadedAsync(), Is.EqualTo(Estimated(0.5, 0.5)).Within(1e-6));

        crowd.Clock.Advance(30 * SkillRules.HalfLife);
        Assert.That(await FadedAsync(), Is.EqualTo(0.5).Within(1e-6));
    }

    [Test]
    public async Task What_everybody_achieves_says_less_of_each()
    {
        for (var i = 0; i < 6; i++)
        {
            await AnsweredAsync(ana, closedBy: agent);
            await AnsweredAsync(ben, closedBy: agent);
        }

        await CatchUpAsync();
        var before = (await OfAsync(ana, Billing))!.Estimate;
        Assert.That(before, Is.EqualTo(Estimated(0.5, 6)).Within(1e-9));

        crowd.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await Lines.RefitAsync(), Is.True);
        Assert.That(await Lines.RefitAsync(), Is.False, "not again on the same day");
        var after = (await OfAsync(ana, Billing))!.Estimate;
        Assert.That(after, Is.GreaterThan(0.5).And.LessThan(before - 0.01));
        Assert.That(await FadedAsync(), Is.EqualTo(after).Within(1e-9), "the router knows it as soon");

        crowd.Clock.Advance(TimeSpan.FromDays(1.1));
        Assert.That(await Lines.RefitAsync(), Is.True);
    }

    [Test]
    public async Task Catching_up_again_adds_nothing()
    {
        await AnsweredAsync(ana, closedBy: agent);
        await CatchUpAsync();
        var before = await StateAsync();
        await CatchUpAsync();
        var after = await StateAsync();
        Assert.That(after.Outcomes, Is.EqualTo(before.Outcomes).And.Not.Empty);
        Assert.That(after.Evidence, Is.EqualTo(before.Evidence));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public async Task Computing_from_scratch_gives_the_same_whatever_happened(int seed)
    {
        var random = new Random(seed);
        var staff = crowd.Get<StaffDesk>();
        var answered = new List<Guid>();
        for (var step = 0; step < 60; step++)
        {
            var person = random.Next(2) == 0 ? ana : ben;
            switch (random.Next(8))
            {
                case 0 or 1:
                    answered.Add(await AnsweredAsync(person, random.Next(3) switch { 0 => null, 1 => agent, _ => person }));
                    break;
                case 2 when answered.Count > 0:
                    await MoodAsync(Any(), (MoodShift)random.Next(3));
                    break;
                case 3:
                    var (handed, _) = await crowd.ClaimedAsync(person);
                    crowd.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 19)));
                    await staff.EscalateAsync(handed, CrowdDriver.Brand, person.Id, Role.Advocate, "no idea");
                    break;
                case 4:
                    await crowd.ClaimedAsync(person);
                    crowd.Clock.Advance(TimeSpan.FromMinutes(21));
                    await crowd.Get<ClaimDesk>().ExpireAsync(100, default);
                    break;
                case 5 when answered.Count > 0:
                    await crowd.Get<CorrectionStore>().SaveAsync(Any(), CrowdDriver.Brand, agent.Id, Role.Agent, Heads.Topic, random.Next(2) == 0 ? "refund" : "billing");
                    break;
                case 6 when answered.Count > 0 && random.Next(3) == 0:
                    // What is told of it afterwards has nothing to stand on: only what was read before stays.
                    await CatchUpAsync();
                    var gone = Any();
                    await crowd.ApplyAsync(MentionChange.Deleted(gone));
                    answered.Remove(gone);
                    break;
                default:
                    crowd.Clock.Advance(TimeSpan.FromDays(random.Next(1, 20)));
                    await CatchUpAsync();
                    break;
            }
        }

        await CatchUpAsync();
        var before = await StateAsync();
        await Ledger.RecomputeAsync();
        var after = await StateAsync();
        Assert.That(after.Outcomes, Is.EqualTo(before.Outcomes).And.Not.Empty);
        Assert.That(after.Evidence.Select(e => (e.PersonId, e.Skill, e.Outcomes)), Is.EqualTo(before.Evidence.Where(e => e.Outcomes > 0).Select(e => (e.PersonId, e.Skill, e.Outcomes))));
        foreach (var (was, now) in before.Evidence.Where(e => e.Outcomes > 0).Zip(after.Evidence))
            Assert.That((now.Succeeded, now.Failed), Is.EqualTo((was.Succeeded, was.Failed)).Within(1e-6 * (1 + was.Succeeded + was.Failed)), was.Skill);
        foreach (var person in new[] { ana, ben })
            Assert.That(await RoutedByAsync(person, Billing), Is.EqualTo((await OfAsync(person, Billing))!.Estimate).Within(1e-9));

        Guid Any() => answered[random.Next(answered.Count)];
    }

    [Test]
    public async Task Who_has_no_outcomes_left_counts_as_declared()
    {
        var id = await AnsweredAsync(ana, closedBy: agent);
        await CatchUpAsync();
        await crowd.WriteAsync(transaction => transaction.ExecuteAsync("DELETE FROM journal WHERE mention_id = @id", new { id }));
        await Ledger.RecomputeAsync();
        Assert.That(await RoutedByAsync(ana, Billing), Is.EqualTo(0.5));
        Assert.That((await OfAsync(ana, Billing))!.Outcomes, Is.Zero);
    }

    [Test]
    public async Task A_later_role_changes_nothing()
    {
        await AnsweredAsync(ana, closedBy: agent);
        await CatchUpAsync();
        var before = await StateAsync();
        await crowd.Get<PeopleStore>().ChangeAsync(ana.Id, ana.BrandId, ana.Name, Role.Agent, ana.Trust, ana.Capacity, [new PersonSkill(Billing, 0.5), new PersonSkill("lang:en", 1)], null);
        await Ledger.RecomputeAsync();
        Assert.That((await StateAsync()).Outcomes, Is.EqualTo(before.Outcomes));
    }

    [Test]
    public async Task Every_outcome_of_a_person_is_explained()
    {
        await AnsweredAsync(ana, closedBy: agent);
        await CatchUpAsync();
        var lines = await Skills.OutcomesAsync(ana.Id, 10);
        Assert.That(lines.Select(l => (l.Skill, l.Rule, l.Weight)), Is.EqualTo(new[] { (Billing, "resolved", 1.0), ("lang:en", "resolved", 0.05) }));
        Assert.That(lines.Select(l => l.MentionText), Is.All.Not.Empty);
    }

    // What a brand whose outcomes are not compared yet makes of outcomes of today.
    private double Estimated(double? declared, double weight) =>
        SkillRules.Mean(declared, weight == 0 ? default : SkillEvidence.Of(weight, crowd.Clock.GetUtcNow()), OutcomeLine.Default, crowd.Clock.GetUtcNow());

    private OutcomeLineStore Lines => crowd.Get<OutcomeLineStore>();

    private SkillLedger Ledger => crowd.Get<SkillLedger>();

    private SkillStore Skills => crowd.Get<SkillStore>();

    private async Task<Guid> AnsweredAsync(Person person, Person? closedBy)
    {
        var (id, fence) = await crowd.ClaimedAsync(person);
        await crowd.ApplyAsync(MentionChange.Answered(id, person.Id, fence, new { }));
        if (closedBy is not null)
            await crowd.ApplyAsync(MentionChange.ResolvedBy(id, closedBy.Id, null, MentionStatus.Answered));
        return id;
    }

    private Task MoodAsync(Guid id, MoodShift mood) => crowd.WriteAsync(transaction => crowd.Get<Journal>().AppendAsync(transaction, new JournalEntry
    {
        At = crowd.Clock.GetUtcNow(), BrandId = CrowdDriver.Brand, MentionId = id, Kind = JournalKinds.MoodChanged, Data = Sql.ToJson(new MoodFact(Some.Id(), mood, false)),
    }));

    private async Task<SkillEstimate?> OfAsync(Person person, string skill) => (await Skills.OfAsync(person.Id)).FirstOrDefault(s => s.Skill == skill);

    private Task<double?> RoutedByAsync(Person person, string skill) =>
        crowd.ScalarAsync<double?>("SELECT proficiency FROM skills WHERE person_id = @Id AND skill = @skill", new { person.Id, skill });

    private async Task<double?> FadedAsync()
    {
        while (await Skills.FadeAsync(10))
        {
            // Batch by batch.
        }

        return await RoutedByAsync(ana, Billing);
    }

    // On PostgreSQL a reader waits for transactions that still run on the same server.
    private Task CatchUpAsync() => Poll.UntilAsync(
        async () =>
        {
            while (await Ledger.CatchUpAsync())
            {
                // Page by page.
            }

            return await crowd.ScalarAsync<int>(
                "SELECT COUNT(*) FROM journal j WHERE NOT EXISTS (SELECT 1 FROM journal_readers r WHERE r.name = 'skills' AND (r.tx, r.seq) >= (j.tx, j.seq))");
        },
        unread => unread == 0, "the journal is read to its end");

    private async Task<State> StateAsync() => new(
        [.. await crowd.QueryAsync<(string, long, string, string, string, double)>(
            "SELECT mention_id, attempt, skill, person_id, rule, weight FROM skill_outcomes ORDER BY mention_id, attempt, skill")],
        [.. await crowd.QueryAsync<(string, string, double, double, int)>(
            "SELECT person_id, skill, succeeded, failed, outcomes FROM skill_evidence ORDER BY person_id, skill")]);

    private sealed record State(
        (string MentionId, long Attempt, string Skill, string PersonId, string Rule, double Weight)[] Outcomes,
        (string PersonId, string Skill, double Succeeded, double Failed, int Outcomes)[] Evidence);
}
