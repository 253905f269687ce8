using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Engagement.Questions;
using Crowd4Care.Escalation;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement;

[EachEngine]
public sealed class QuestionDeskTests(string engine)
{
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Waits = TimeSpan.FromMinutes(60);

    private CrowdDriver crowd = null!;
    private Person ana = null!;
    private Person agent = null!;
    private Guid id;
    private long fence;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana");
        agent = await crowd.AgentAsync("Agnes");
        (id, fence) = await crowd.ClaimedAsync(ana);
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Who_asks_keeps_the_claim_for_as_long_as_the_question_waits()
    {
        var asked = await AskAsync(" Is there a discount? ");
        Assert.That((asked.Outcome, asked.Until), Is.EqualTo((QuestionOutcome.Done, crowd.Clock.GetUtcNow() + Waits)));
        var row = await crowd.RowAsync(id);
        Assert.That((row.Status, row.AssigneeId, row.Fence, row.ClaimExpiresAt), Is.EqualTo((MentionStatus.Claimed, ana.Id, fence, asked.Until)));
        var waiting = (await Queries.WaitingAsync(CrowdDriver.Brand, 10)).Single();
        Assert.That((waiting.Id, waiting.Text, waiting.PersonName, waiting.ClaimExpiresAt), Is.EqualTo((asked.QuestionId, "Is there a discount?", "Ana", asked.Until)));
        Assert.That(await Queries.CountAsync(CrowdDriver.Brand), Is.EqualTo(1));

        crowd.Clock.Advance(Claim * 2);
        await crowd.Get<ClaimDesk>().ExpireAsync(10, default);
        Assert.That((await crowd.RowAsync(id)).AssigneeId, Is.EqualTo(ana.Id), "without the question it would have run out");
    }

    [Test]
    public async Task The_answer_gives_the_claim_its_whole_time_again()
    {
        var asked = await AskAsync();
        crowd.Clock.Advance(TimeSpan.FromMinutes(50));
        var answered = await AnswerAsync(asked.QuestionId!.Value, " Ten percent. ");
        Assert.That((answered.Outcome, answered.Until), Is.EqualTo((QuestionOutcome.Done, crowd.Clock.GetUtcNow() + Claim)));
        Assert.That((await crowd.RowAsync(id)).ClaimExpiresAt, Is.EqualTo(answered.Until));
        var question = (await Queries.OfMentionAsync(id)).Single();
        Assert.That((question.State, question.Answer, question.AnsweredBy, question.PersonName), Is.EqualTo((QuestionState.Answered, "Ten percent.", "Agnes", "Ana")));
        Assert.That(await Queries.CountAsync(CrowdDriver.Brand), Is.Zero);
        Assert.That(crowd.Published<MentionsChanged>()[^1].PersonIds, Is.EqualTo(new[] { ana.Id }), "who asked is told");
        Assert.That((await crowd.KindsAsync(id)).TakeLast(2), Is.EqualTo(new[] { JournalKinds.QuestionAsked, JournalKinds.QuestionAnswered }));
    }

    [Test]
    public async Task A_question_is_answered_once()
    {
        var asked = await AskAsync();
        await AnswerAsync(asked.QuestionId!.Value);
        Assert.That((await AnswerAsync(asked.QuestionId.Value)).Outcome, Is.EqualTo(QuestionOutcome.Over));
    }

    [Test]
    public async Task A_question_ends_with_its_claim()
    {
        var expired = await AskAsync();
        crowd.Clock.Advance(Waits);
        await crowd.Get<ClaimDesk>().ExpireAsync(10, default);
        Assert.That((await AnswerAsync(expired.QuestionId!.Value)).Outcome, Is.EqualTo(QuestionOutcome.Over));
        Assert.That((await Queries.OfMentionAsync(id)).Single().State, Is.EqualTo(QuestionState.Ended));

        foreach (var end in new Func<Task>[]
        {
            () => crowd.Get<ClaimDesk>().ReleaseAsync(id, CrowdDriver.Brand, ana.Id),
            () => crowd.Get<StaffDesk>().EscalateAsync(id, CrowdDriver.Brand, ana.Id, Role.Advocate, "Too hard."),
        })
        {
            await crowd.ClaimAsync(id, ana);
            await AskAsync();
            await end();
            Assert.That(await Queries.CountAsync(CrowdDriver.Brand), Is.Zero);
        }
    }

    [Test]
    public async Task While_the_reply_waits_for_approval_the_answer_gives_the_claim_no_end()
    {
        var asked = await AskAsync();
        await crowd.ApplyAsync(MentionChange.ReplyAwaitsApproval(id, ana.Id, fence, new { }));
        Assert.That((await AnswerAsync(asked.QuestionId!.Value)).Until, Is.Null);
        var row = await crowd.RowAsync(id);
        Assert.That((row.Status, row.ClaimExpiresAt), Is.EqualTo((MentionStatus.Approval, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task A_long_claim_is_not_made_shorter_by_asking()
    {
        await using var patient = await CrowdDriver.StartAsync(engine, null, new KeyValuePair<string, string?>("Engagement:ClaimMinutes", "120"));
        var bea = await patient.AdvocateAsync();
        var (mention, _) = await patient.ClaimedAsync(bea);
        var ends = (await patient.RowAsync(mention)).ClaimExpiresAt;
        Assert.That((await patient.Get<QuestionDesk>().AskAsync(mention, CrowdDriver.Brand, bea.Id, "Why?")).Until, Is.EqualTo(ends));
    }

    [Test]
    public async Task One_waits_at_a_time_and_asking_does_not_keep_a_claim_for_ever()
    {
        for (var i = 0; i < QuestionDesk.MostOfClaim; i++)
        {
            var asked = await AskAsync();
            Assert.That(asked.Outcome, Is.EqualTo(QuestionOutcome.Done));
            Assert.That((await AskAsync()).Outcome, Is.EqualTo(QuestionOutcome.Waits));
            await AnswerAsync(asked.QuestionId!.Value);
        }

        Assert.That((await AskAsync()).Outcome, Is.EqualTo(QuestionOutcome.TooMany));
    }

    [Test]
    public async Task Only_who_has_the_claim_asks()
    {
        var ben = await crowd.AdvocateAsync();
        Assert.That((await Desk.AskAsync(id, CrowdDriver.Brand, ben.Id, "Why?")).Outcome, Is.EqualTo(QuestionOutcome.NotYours));
        Assert.That((await Desk.AskAsync(id, "another", ana.Id, "Why?")).Outcome, Is.EqualTo(QuestionOutcome.NotFound));
        Assert.That((await AskAsync(" ")).Outcome, Is.EqualTo(QuestionOutcome.Empty));
        await crowd.ApplyAsync(MentionChange.ReplySubmitted(id, ana.Id, fence, Some.Id()));
        Assert.That((await AskAsync()).Outcome, Is.EqualTo(QuestionOutcome.NotYours), "a reply is on its way");
    }

    [Test]
    public async Task Staff_of_another_brand_answer_nothing()
    {
        var asked = await AskAsync();
        Assert.That((await Desk.AnswerAsync(asked.QuestionId!.Value, "another", agent.Id, "Yes.")).Outcome, Is.EqualTo(QuestionOutcome.NotFound));
        Assert.That((await AnswerAsync(asked.QuestionId.Value, "")).Outcome, Is.EqualTo(QuestionOutcome.Empty));
        Assert.That(await Queries.CountAsync(CrowdDriver.Brand), Is.EqualTo(1));
    }

    private QuestionDesk Desk => crowd.Get<QuestionDesk>();

    private QuestionQueries Queries => crowd.Get<QuestionQueries>();

    private Task<QuestionResult> AskAsync(string text = "Is there a discount?") => Desk.AskAsync(id, CrowdDriver.Brand, ana.Id, text);

    private Task<QuestionResult> AnswerAsync(Guid question, string text = "Yes.") => Desk.AnswerAsync(question, CrowdDriver.Brand, agent.Id, text);
}
