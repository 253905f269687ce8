using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community.Skills;

public sealed class OutcomeRulesTests
{
    private static readonly Guid Ana = Some.Id();
    private static readonly Guid Ben = Some.Id();
    private static readonly Guid Agent = Some.Id();

    private readonly List<JournalEntry> history = [];

    [SetUp]
    public void Forget() => history.Clear();

    [Test]
    public void An_answer_that_somebody_else_closed_speaks_for_the_advocate()
    {
        Claimed(Ana);
        Happened(JournalKinds.ReplyPosted, Ana);
        Happened(JournalKinds.Resolved, Agent);
        Assert.That(Judged(), Is.EqualTo(new[] { (Ana, "resolved", 1.0) }));
    }

    [Test]
    public void Closing_it_oneself_counts_half()
    {
        Claimed(Ana);
        Happened(JournalKinds.ReplyPosted, Ana);
        Happened(JournalKinds.Resolved, Ana);
        Assert.That(Judged(), Is.EqualTo(new[] { (Ana, "resolved-by-self", 0.5) }));
    }

    [Test]
    public void An_answer_alone_says_nothing_yet()
    {
        Claimed(Ana);
        Happened(JournalKinds.ReplyPosted, Ana);
        Assert.That(Judged(), Is.Empty);
    }

    [Test]
    public void Closing_without_an_answer_says_nothing()
    {
        Claimed(Ana);
        Happened(JournalKinds.Resolved, Ana);
        Assert.That(Judged(), Is.Empty);
    }

    [TestCase(MoodShift.Better, false, "mood-better", 1)]
    [TestCase(MoodShift.Same, true, "thanked", 1)]
    [TestCase(MoodShift.Same, false, "mood-same", -0.5)]
    [TestCase(MoodShift.Worse, false, "mood-worse", -1)]
    [TestCase(MoodShift.Worse, true, "mood-worse", -1)]
    public void The_customers_word_counts(MoodShift mood, bool thanked, string rule, double weight)
    {
        Claimed(Ana);
        Happened(JournalKinds.ReplyPosted, Ana);
        Mood(mood, thanked);
        Assert.That(Judged(), Is.EqualTo(new[] { (Ana, rule, weight) }));
    }

    [Test]
    public void It_counts_before_who_closed_it_whichever_came_first()
    {
        Claimed(Ana);
        Happened(JournalKinds.ReplyPosted, Ana);
        Mood(MoodShift.Worse);
        Happened(JournalKinds.Resolved, Agent);
        Assert.That(Judged().Single().Rule, Is.EqualTo("mood-worse"));

        Mood(MoodShift.Better);
        Assert.That(Judged().Single().Rule, Is.EqualTo("mood-better"), "their last word");
    }

    [Test]
    public void A_claim_that_ran_out_speaks_against_them()
    {
        Claimed(Ana);
        Happened(JournalKinds.ClaimExpired, null);
        Assert.That(Judged(), Is.EqualTo(new[] { (Ana, "claim-expired", -0.5) }));
    }

    [TestCase(10, false)]
    [TestCase(11, true)]
    public void Handing_over_in_the_first_half_of_the_claim_is_right_and_later_is_late(int minutes, bool late)
    {
        Claimed(Ana);
        Happened(JournalKinds.Escalated, Ana, minutes);
        Assert.That(Judged().Any(), Is.EqualTo(late));
    }

    [TestCase(1, false)]
    [TestCase(2, true)]
    public void Half_of_a_claim_that_was_extended_is_half_of_all_of_it(int minutes, bool late)
    {
        Claimed(Ana);
        // Until minute 38 instead of 20.
        Extended(Ana, 18);
        Happened(JournalKinds.Escalated, Ana, minutes);
        Assert.That(Judged().Any(), Is.EqualTo(late));
    }

    [Test]
    public void After_a_reply_that_the_network_refused_the_time_begins_anew()
    {
        Claimed(Ana);
        Happened(JournalKinds.ReplyFailed, Ana, 15);
        Happened(JournalKinds.Escalated, Ana, 5);
        Assert.That(Judged(), Is.Empty);
    }

    [Test]
    public void Giving_back_says_nothing()
    {
        Claimed(Ana);
        Happened(JournalKinds.Released, Ana, 19);
        Happened(JournalKinds.Escalated, Ana, 30);
        Assert.That(Judged(), Is.Empty);
    }

    [Test]
    public void Each_claim_is_one_observation()
    {
        Claimed(Ana);
        Happened(JournalKinds.ClaimExpired, null, 20);
        Claimed(Ben);
        Happened(JournalKinds.Escalated, Ben, 12);
        Happened(JournalKinds.HandedBack, Agent);
        Claimed(Ana);
        Happened(JournalKinds.ReplyPosted, Ana);
        Mood(MoodShift.Same, thanked: true);
        Happened(JournalKinds.Resolved, Ana);
        Assert.That(Judged(), Is.EqualTo(new[] { (Ana, "claim-expired", -0.5), (Ben, "handed-over-late", -0.5), (Ana, "thanked", 1.0) }));
    }

    [Test]
    public void Of_staff_nothing_is_said()
    {
        Claimed(Agent);
        Happened(JournalKinds.ReplyPosted, Agent);
        Mood(MoodShift.Better);
        Happened(JournalKinds.Resolved, Ana);
        Assert.That(Judged(), Is.Empty);
    }

    [Test]
    public void What_staff_answered_in_the_end_is_not_the_advocates()
    {
        Claimed(Ana);
        Happened(JournalKinds.Escalated, Ana, 1);
        Claimed(Agent);
        Happened(JournalKinds.ReplyPosted, Agent);
        Mood(MoodShift.Worse);
        Assert.That(Judged(), Is.Empty);
    }

    [Test]
    public void Every_rule_says_why()
    {
        string[] rules = ["thanked", "mood-better", "mood-same", "mood-worse", "resolved", "resolved-by-self", "claim-expired", "handed-over-late"];
        Assert.That(rules.Select(SkillOutcome.Reason), Is.Unique.And.All.Contains(" "));
    }

    [Test]
    public void A_mention_asks_for_its_topic_and_a_little_for_its_language() =>
        Assert.That(Asked(), Is.EqualTo(new[] { new AskedSkill("topic:billing", 1), new AskedSkill("lang:en", 0.05) }));

    [TestCase("", "und")]
    [TestCase(null, null)]
    public void What_is_not_known_is_not_asked(string? topic, string? language) => Assert.That(OutcomeRules.Asked(topic, language, history, new Dictionary<(Guid, string), string>()), Is.Empty);

    [Test]
    public void What_staff_say_is_right_counts()
    {
        Said(JournalKinds.ScoreCorrected, Agent, "topic");
        Assert.That(Asked((Agent, "topic", "refund"))[0].Skill, Is.EqualTo("topic:refund"));
    }

    [Test]
    public void What_advocates_say_is_right_moves_nothing()
    {
        Said(JournalKinds.ScoreCorrected, Ana, "topic");
        Assert.That(Asked((Ana, "topic", "refund"))[0].Skill, Is.EqualTo("topic:billing"));
    }

    private IEnumerable<(Guid PersonId, string Rule, double Weight)> Judged() => OutcomeRules.Judge(history).Select(o => (o.PersonId, o.Rule, o.Weight));

    private IReadOnlyList<AskedSkill> Asked(params (Guid Person, string Head, string Label)[] labels) =>
        OutcomeRules.Asked("billing", "en", history, labels.ToDictionary(l => (l.Person, l.Head), l => l.Label));

    private DateTimeOffset Last => history.LastOrDefault()?.At ?? Some.Noon;

    private void Claimed(Guid person) => Add(JournalKinds.Claimed, person, 1, new { until = Last.AddMinutes(21), from = "open" });

    private void Extended(Guid person, int minutes) => Add(JournalKinds.ClaimExtended, person, minutes, new { until = Last.AddMinutes(minutes + 20) });

    private void Mood(MoodShift mood, bool thanked = false) => Add(JournalKinds.MoodChanged, null, 1, new MoodFact(Some.Id(), mood, thanked));

    private void Said(string kind, Guid person, string head) => Add(kind, person, 1, new { head });

    private void Happened(string kind, Guid? actor, int minutes = 1) => Add(kind, actor, minutes, new { });

    private void Add(string kind, Guid? actor, int minutes, object data) => history.Add(new JournalEntry
    {
        Seq = history.Count + 1, At = Last.AddMinutes(minutes), Kind = kind, ActorId = actor, Data = Sql.ToJson(data),
        ActorRole = actor is null ? null : actor == Agent ? Role.Agent : Role.Advocate,
    });
}
