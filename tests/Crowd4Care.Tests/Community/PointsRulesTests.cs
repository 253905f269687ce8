using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community;

public sealed class PointsRulesTests
{
    private static readonly Guid Ana = Some.Id();
    private static readonly Guid Ben = Some.Id();
    private static readonly Guid Agent = Some.Id();

    [Test]
    public void An_answer_brings_points() =>
        Assert.That(Award([Entry(JournalKinds.ReplyPosted, Ana)]), Is.EqualTo(new[] { ("answered", Ana, PointsRules.Answered) }));

    [Test]
    public void A_closed_matter_brings_points_to_who_answered_it() =>
        Assert.That(Award([Entry(JournalKinds.ReplyPosted, Ana), Entry(JournalKinds.Resolved, Agent)]), Is.EqualTo(new[] { ("resolved", Ana, PointsRules.Resolved) }));

    [Test]
    public void Closing_brings_points_to_who_answered_last() =>
        Assert.That(
            Award([Entry(JournalKinds.ReplyPosted, Ana), Entry(JournalKinds.ReplyPosted, Ben), Entry(JournalKinds.Resolved, Agent)]),
            Is.EqualTo(new[] { ("resolved", Ben, PointsRules.Resolved) }));

    [Test]
    public void Closing_without_an_answer_brings_nothing() => Assert.That(Award([Entry(JournalKinds.Resolved, Ana)]), Is.Empty);

    [Test]
    public void A_hand_over_that_staff_answer_brings_points() =>
        Assert.That(
            Award([Entry(JournalKinds.Escalated, Ana), Entry(JournalKinds.ReplyPosted, Agent)]), Is.EqualTo(new[] { ("handed-over", Ana, PointsRules.HandedOver) }));

    [Test]
    public void A_hand_over_that_staff_close_brings_points() =>
        Assert.That(
            Award([Entry(JournalKinds.Escalated, Ana), Entry(JournalKinds.Resolved, Agent)]), Is.EqualTo(new[] { ("handed-over", Ana, PointsRules.HandedOver) }));

    [Test]
    public void A_hand_over_that_staff_hand_back_brings_nothing() =>
        Assert.That(
            Award([Entry(JournalKinds.Escalated, Ana), Entry(JournalKinds.HandedBack, Agent), Entry(JournalKinds.Resolved, Agent)]), Is.Empty);

    [Test]
    public void A_hand_over_brings_points_once() =>
        Assert.That(
            Award([Entry(JournalKinds.Escalated, Ana), Entry(JournalKinds.ReplyPosted, Agent), Entry(JournalKinds.Resolved, Agent)]),
            Is.Empty, "the answer brought them");

    [Test]
    public void A_hand_over_by_the_router_brings_nobody_points() =>
        Assert.That(Award([Entry(JournalKinds.Escalated, null), Entry(JournalKinds.ReplyPosted, Agent)]), Is.Empty);

    [Test]
    public void A_hand_over_that_an_advocate_answers_in_the_end_is_just_an_answer() =>
        Assert.That(
            Award([Entry(JournalKinds.Escalated, Ana), Entry(JournalKinds.HandedBack, Agent), Entry(JournalKinds.ReplyPosted, Ben)]),
            Is.EqualTo(new[] { ("answered", Ben, PointsRules.Answered) }));

    [Test]
    public void Staff_earn_nothing() => Assert.That(Award([Entry(JournalKinds.ReplyPosted, Agent)]), Is.Empty);

    [Test]
    public void Unknown_people_earn_nothing() => Assert.That(Award([Entry(JournalKinds.ReplyPosted, Some.Id())]), Is.Empty);

    [Test]
    public void Every_line_says_why()
    {
        var lines = PointsRules.Award(Entry(JournalKinds.ReplyPosted, Ana), []);
        Assert.That(lines.Single().Reason, Is.Not.Empty);
    }

    // The points that the last of the entries brings.
    private static IEnumerable<(string Rule, Guid Person, int Points)> Award(JournalEntry[] entries) =>
        PointsRules.Award(entries[^1], entries[..^1]).Select(l => (l.Rule, l.PersonId, l.Points));

    private static Role? RoleOf(Guid id) => id == Ana || id == Ben ? Role.Advocate : id == Agent ? Role.Agent : null;

    private static JournalEntry Entry(string kind, Guid? actor) => new() { At = Some.Noon, Kind = kind, ActorId = actor, ActorRole = actor is { } id ? RoleOf(id) : null };
}
