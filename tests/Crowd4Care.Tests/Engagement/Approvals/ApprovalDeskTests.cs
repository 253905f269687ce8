using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Engagement.Approvals;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement.Approvals;

[EachEngine]
public sealed class ApprovalDeskTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person nia = null!;
    private Person olga = null!;

    private ApprovalDesk Desk => crowd.Get<ApprovalDesk>();

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine, bus => bus.AddConsumer<SendReply>());
        nia = await crowd.AdvocateAsync("Nia", trust: 0);
        olga = await crowd.AgentAsync("Olga");
        await crowd.ChannelAsync();
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task The_reply_of_a_new_advocate_waits_and_the_claim_stays_theirs()
    {
        var (mention, reply) = await WaitingAsync();
        crowd.Clock.Advance(TimeSpan.FromHours(5));
        await crowd.Get<ClaimDesk>().ExpireAsync(100, default);
        var row = await crowd.RowAsync(mention);
        Assert.That((row.Status, row.AssigneeId, row.ClaimExpiresAt), Is.EqualTo((MentionStatus.Approval, (Guid?)nia.Id, (DateTimeOffset?)null)));
        Assert.That(crowd.Published<ReplySubmitted>(), Is.Empty);
        Assert.That(await crowd.Get<ReplyStore>().TakeAsync(reply, default), Is.Null);
        Assert.That(await crowd.Get<ReplyStore>().DueAsync(10, default), Is.Empty);
        Assert.That(await crowd.Get<ApprovalQueries>().CountAsync(CrowdDriver.Brand), Is.EqualTo(1));
        Assert.That((await crowd.Get<ApprovalQueries>().ListAsync(CrowdDriver.Brand, 10)).Single().ReplyId, Is.EqualTo(reply));
    }

    [Test]
    public async Task It_is_in_its_writers_list_and_nobody_else_can_claim_it()
    {
        var (mention, _) = await WaitingAsync();
        var ben = await crowd.AdvocateAsync("Ben");
        Assert.That((await crowd.Get<FeedQueries>().ClaimedAsync(nia.Id)).Single().Id, Is.EqualTo(mention));
        var claim = await crowd.Get<ClaimDesk>().ClaimAsync(mention, CrowdDriver.Brand, ben.Id, ben.Role);
        Assert.That((claim.Outcome, claim.Holder), Is.EqualTo((ClaimOutcome.Taken, "Nia")));
    }

    [Test]
    public async Task Approved_it_is_posted_as_its_writers_with_the_approver_in_the_journal()
    {
        var (mention, reply) = await WaitingAsync();
        crowd.Clock.Advance(TimeSpan.FromHours(2));
        Assert.That((await Desk.ApproveAsync(reply, CrowdDriver.Brand, olga.Id, null)).Outcome, Is.EqualTo(ApprovalOutcome.Done));
        await UntilAsync(reply, ReplyState.Posted);
        Assert.That((crowd.Network.Standing.Single().Text, crowd.Network.Standing.Single().CreatedAt), Is.EqualTo(("Restart it.\n— Nia", crowd.Clock.GetUtcNow())));
        var journal = await crowd.Get<Journal>().OfMentionAsync(mention);
        Assert.That(journal.Single(e => e.Kind == JournalKinds.ReplyApproved).ActorId, Is.EqualTo(olga.Id));
        Assert.That(journal.Single(e => e.Kind == JournalKinds.ReplyPosted).ActorId, Is.EqualTo(nia.Id), "points go to the writer");
    }

    [Test]
    public async Task Edited_and_approved_the_new_text_is_posted_under_the_writers_name()
    {
        var (_, reply) = await WaitingAsync();
        await Desk.ApproveAsync(reply, CrowdDriver.Brand, olga.Id, "Please restart it.");
        await UntilAsync(reply, ReplyState.Posted);
        Assert.That(crowd.Network.Standing.Single().Text, Is.EqualTo("Please restart it.\n— Nia"));
    }

    [Test]
    public async Task Given_back_the_claim_goes_on_and_the_reason_stands_with_the_reply()
    {
        var (mention, reply) = await WaitingAsync();
        Assert.That((await Desk.RejectAsync(reply, CrowdDriver.Brand, olga.Id, " Be kinder. ")).Outcome, Is.EqualTo(ApprovalOutcome.Done));
        var stored = await crowd.Get<ReplyStore>().FindAsync(reply);
        Assert.That((stored!.State, stored.Error), Is.EqualTo((ReplyState.Rejected, "Be kinder.")));
        var row = await crowd.RowAsync(mention);
        Assert.That((row.Status, row.AssigneeId, row.ClaimExpiresAt), Is.EqualTo((MentionStatus.Claimed, (Guid?)nia.Id, (DateTimeOffset?)crowd.Clock.GetUtcNow().AddMinutes(20))));
        var second = await SubmitAsync(nia, mention, row.Fence, "Please restart it.");
        Assert.That(second.State, Is.EqualTo(ReplyState.Approval));
    }

    [Test]
    public async Task What_its_writer_took_back_meanwhile_is_not_sent()
    {
        var (mention, reply) = await WaitingAsync();
        Assert.That((await crowd.Get<ReplyDesk>().UndoAsync(mention, CrowdDriver.Brand, nia.Id))?.Id, Is.EqualTo(reply));
        Assert.That((await Desk.ApproveAsync(reply, CrowdDriver.Brand, olga.Id, null)).Outcome, Is.EqualTo(ApprovalOutcome.TakenBack));
        Assert.That((await crowd.RowAsync(mention)).Status, Is.EqualTo(MentionStatus.Claimed));
    }

    [Test]
    public async Task When_the_post_was_deleted_meanwhile_it_says_so()
    {
        var (mention, reply) = await WaitingAsync();
        await crowd.ApplyAsync(MentionChange.Deleted(mention));
        Assert.That(await crowd.Get<ApprovalQueries>().ListAsync(CrowdDriver.Brand, 10), Is.Empty);
        Assert.That((await Desk.ApproveAsync(reply, CrowdDriver.Brand, olga.Id, null)).Outcome, Is.EqualTo(ApprovalOutcome.Deleted));
        Assert.That((await Desk.RejectAsync(reply, CrowdDriver.Brand, olga.Id, "No")).Outcome, Is.EqualTo(ApprovalOutcome.Deleted));
    }

    [Test]
    public async Task Of_many_decisions_at_once_one_counts()
    {
        var (_, reply) = await WaitingAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => i % 2 == 0
            ? Desk.ApproveAsync(reply, CrowdDriver.Brand, olga.Id, null)
            : Desk.RejectAsync(reply, CrowdDriver.Brand, olga.Id, "No"))));
        Assert.That(outcomes.Count(o => o.Outcome == ApprovalOutcome.Done), Is.EqualTo(1));
        Assert.That(outcomes.Count(o => o.Outcome == ApprovalOutcome.Decided), Is.EqualTo(9));
    }

    [Test]
    public async Task A_text_that_is_too_long_or_missing_is_not_approved()
    {
        var (_, reply) = await WaitingAsync();
        Assert.That((await Desk.ApproveAsync(reply, CrowdDriver.Brand, olga.Id, new string('x', 400))).Outcome, Is.EqualTo(ApprovalOutcome.TooLong));
        Assert.That((await Desk.ApproveAsync(reply, CrowdDriver.Brand, olga.Id, " ")).Outcome, Is.EqualTo(ApprovalOutcome.Empty));
        Assert.That((await Desk.RejectAsync(reply, CrowdDriver.Brand, olga.Id, "")).Outcome, Is.EqualTo(ApprovalOutcome.Empty));
        Assert.That((await Desk.ApproveAsync(reply, "other", olga.Id, null)).Outcome, Is.EqualTo(ApprovalOutcome.NotFound));
    }

    [Test]
    public async Task The_brand_says_whose_replies_wait()
    {
        await crowd.Get<BrandStore>().SaveAsync(CrowdDriver.Brand, new BrandSettings { Name = "Brand", ApprovalBelowTrust = 3 }, olga.Id);
        var kim = await crowd.AdvocateAsync("Kim", trust: 2);
        var (known, knownFence) = await crowd.ClaimedAsync(kim);
        Assert.That((await SubmitAsync(kim, known, knownFence, "Hello")).State, Is.EqualTo(ReplyState.Approval));
        var veteran = await crowd.AdvocateAsync("Vera", trust: 3);
        var (mention, fence) = await crowd.ClaimedAsync(veteran);
        Assert.That((await SubmitAsync(veteran, mention, fence, "Hello")).State, Is.EqualTo(ReplyState.Sending));
    }

    [Test]
    public async Task A_rule_can_ask_for_approval_whoever_answers()
    {
        var veteran = await crowd.AdvocateAsync("Vera", trust: 4);
        var (mention, fence) = await crowd.ClaimedAsync(veteran);
        var decision = new Decision { Outcome = RoutingOutcome.Waiting, RuleSetVersion = 1, Explanation = "", Priority = 0, RequireApproval = true };
        await crowd.WriteAsync(transaction => crowd.Get<RoutingStore>().SaveAsync(
            transaction, [RoutingStore.ToRow(Some.Id(), mention, decision)], crowd.Clock.GetUtcNow()));
        Assert.That((await SubmitAsync(veteran, mention, fence, "Hello")).State, Is.EqualTo(ReplyState.Approval));
    }

    private async Task<(Guid Mention, Guid Reply)> WaitingAsync()
    {
        var (mention, fence) = await crowd.ClaimedAsync(nia);
        var result = await SubmitAsync(nia, mention, fence, "Restart it.");
        Assert.That((result.Outcome, result.State), Is.EqualTo((ReplyOutcome.Submitted, (ReplyState?)ReplyState.Approval)));
        return (mention, result.ReplyId!.Value);
    }

    private Task<ReplyResult> SubmitAsync(Person person, Guid mention, long fence, string text) =>
        crowd.Get<ReplyDesk>().SubmitAsync(mention, CrowdDriver.Brand, person.Id, person.Name, fence, text, TimeSpan.Zero);

    private Task<Reply> UntilAsync(Guid reply, ReplyState state) =>
        Poll.UntilAsync(async () => (await crowd.Get<ReplyStore>().FindAsync(reply))!, r => r.State == state, $"the reply is {state}");
}
