using System.Text.Json.Nodes;
using Crowd4Care.Community;
using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community.Skills;

[EachEngine]
public sealed class SkillStoreTests(string engine)
{
    private const string Billing = "topic:billing";

    private CrowdDriver crowd = null!;
    private Person ana = null!;
    private Person admin = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana", skills: new PersonSkill(Billing, 0.5));
        admin = await crowd.AgentAsync("Ada");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task What_was_declared_is_estimated_with_little_certainty()
    {
        var billing = (await Skills.OfAsync(ana.Id)).Single(s => s.Skill == Billing);
        Assert.That((billing.Proficiency, billing.Estimate, billing.Declared, billing.Outcomes), Is.EqualTo(((double?)0.5, 0.5, (double?)0.5, 0)));
        Assert.That((billing.Low, billing.High), Is.EqualTo((0.5 - (1.6449 * 0.15), 0.5 + (1.6449 * 0.15))).Within(0.0001));
    }

    [Test]
    public async Task A_pin_counts_and_tells_who_made_it()
    {
        Assert.That(await PinAsync(0.9), Is.EqualTo(PinOutcome.Done));
        var billing = (await Skills.OfAsync(ana.Id)).Single(s => s.Skill == Billing);
        Assert.That((billing.Proficiency, billing.Pinned, billing.Estimate, billing.PinnedBy, billing.PinnedAt),
            Is.EqualTo(((double?)0.9, (double?)0.9, 0.5, "Ada", (DateTimeOffset?)crowd.Clock.GetUtcNow())));
        Assert.That(await RoutedByAsync(), Is.EqualTo(0.9));

        var entry = (await crowd.JournalAsync())[^1];
        Assert.That((entry.Kind, entry.ActorId), Is.EqualTo((JournalKinds.PersonChanged, (Guid?)admin.Id)));
        Assert.That(((string?)JsonNode.Parse(entry.Data!)!["skill"], (double?)JsonNode.Parse(entry.Data!)!["proficiency"]), Is.EqualTo((Billing, (double?)0.9)));
    }

    [Test]
    public async Task Without_the_pin_the_estimate_counts_again()
    {
        await PinAsync(0.9);
        Assert.That(await PinAsync(null), Is.EqualTo(PinOutcome.Done));
        Assert.That(await RoutedByAsync(), Is.EqualTo(0.5));
        Assert.That(await PinAsync(null), Is.EqualTo(PinOutcome.NotPinned));
    }

    [Test]
    public async Task What_somebody_declares_anew_leaves_the_pin()
    {
        await PinAsync(0.9);
        await DeclareAsync(new PersonSkill(Billing, 0.1));
        Assert.That(await RoutedByAsync(), Is.EqualTo(0.9));
        await DeclareAsync();
        Assert.That(await RoutedByAsync(), Is.EqualTo(0.9));
        await PinAsync(null);
        Assert.That(await RoutedByAsync(), Is.Null, "nobody says anything of it any more");
    }

    [Test]
    public async Task Any_skill_can_be_pinned()
    {
        await PinAsync(0, "lang:fr");
        Assert.That((await crowd.Get<PeopleStore>().SkillsAsync(ana.Id)).Single(s => s.Skill == "lang:fr").Proficiency, Is.Zero);
    }

    [Test]
    public async Task Another_brands_people_are_left_alone()
    {
        var outcome = await Skills.PinAsync(ana.Id, "another", Billing, 1, admin.Id);
        Assert.That(outcome, Is.EqualTo(PinOutcome.NoSuchPerson));
        Assert.That(await RoutedByAsync(), Is.EqualTo(0.5));
    }

    [Test]
    public async Task A_pin_stays_whatever_outcomes_say()
    {
        await PinAsync(0.9);
        var (id, fence) = await crowd.ClaimedAsync(ana);
        await crowd.ApplyAsync(MentionChange.Answered(id, ana.Id, fence, new { }));
        await crowd.ApplyAsync(MentionChange.ResolvedBy(id, admin.Id, null, MentionStatus.Answered));
        await Poll.UntilAsync(
            async () =>
            {
                await crowd.Get<SkillLedger>().CatchUpAsync();
                return (await Skills.OfAsync(ana.Id)).Single(s => s.Skill == Billing);
            },
            s => s.Outcomes == 1, "the outcome");
        Assert.That(await RoutedByAsync(), Is.EqualTo(0.9));
    }

    private SkillStore Skills => crowd.Get<SkillStore>();

    private Task<PinOutcome> PinAsync(double? value, string skill = Billing) => Skills.PinAsync(ana.Id, CrowdDriver.Brand, skill, value, admin.Id);

    private Task DeclareAsync(params PersonSkill[] skills) =>
        crowd.Get<PeopleStore>().ChangeAsync(ana.Id, ana.BrandId, ana.Name, Role.Advocate, ana.Trust, ana.Capacity, skills, null);

    private Task<double?> RoutedByAsync() => crowd.ScalarAsync<double?>("SELECT proficiency FROM skills WHERE person_id = @Id AND skill = @Billing", new { ana.Id, Billing });
}
