using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement;

[EachEngine]
public sealed class UndoTests(string engine)
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(10);

    private CrowdDriver crowd = null!;
    private Person ana = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana");
        await crowd.ChannelAsync();
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_held_reply_wakes_nobody_up_and_can_not_be_taken()
    {
        var (_, reply) = await HoldAsync();
        Assert.That(crowd.Published<ReplySubmitted>(), Is.Empty);
        Assert.That(await TakeAsync(reply), Is.Null);
        Assert.That(await DueAsync(), Is.Empty);
    }

    [Test]
    public async Task When_its_time_is_over_the_sweep_finds_it_and_a_sender_takes_it()
    {
        var (_, reply) = await HoldAsync();
        crowd.Clock.Advance(Hold);
        Assert.That(await DueAsync(), Is.EqualTo(new[] { reply }));
        var taken = await TakeAsync(reply);
        Assert.That((taken!.State, taken.Attempts), Is.EqualTo((ReplyState.Sending, 1)));
        Assert.That(await TakeAsync(reply), Is.Null, "one sender at a time");
    }

    [Test]
    public async Task What_stands_in_the_post_is_when_it_was_let_go()
    {
        var (_, reply) = await HoldAsync();
        var stored = await crowd.Get<ReplyStore>().FindAsync(reply);
        Assert.That(stored!.SendAt, Is.EqualTo(crowd.Clock.GetUtcNow() + Hold));
    }

    [Test]
    public async Task Undo_gives_the_claim_back_with_a_new_end_and_the_text_as_it_was()
    {
        var (mention, reply) = await HoldAsync("  Restart it.\r\nThen wait. ");
        var undone = await UndoAsync(mention);
        Assert.That(undone!.Id, Is.EqualTo(reply));
        Assert.That((await crowd.Get<BrandTerms>().OfAsync(CrowdDriver.Brand)).Unsign(undone.Text, undone.Signature, ana.Name), Is.EqualTo("Restart it.\nThen wait."));
        var row = await crowd.RowAsync(mention);
        Assert.That((row.Status, row.AssigneeId, row.ClaimExpiresAt), Is.EqualTo((MentionStatus.Claimed, (Guid?)ana.Id, (DateTimeOffset?)crowd.Clock.GetUtcNow().AddMinutes(20))));
        Assert.That((await crowd.KindsAsync(mention)).TakeLast(2), Is.EqualTo(new[] { JournalKinds.ReplySubmitted, JournalKinds.ReplyUndone }));
    }

    [Test]
    public async Task What_was_taken_back_is_never_sent()
    {
        var (mention, reply) = await HoldAsync();
        await UndoAsync(mention);
        crowd.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(await DueAsync(), Is.Empty);
        Assert.That(await TakeAsync(reply), Is.Null);
    }

    [Test]
    public async Task After_an_undo_another_reply_can_be_sent_under_the_same_claim()
    {
        var (mention, _) = await HoldAsync();
        await UndoAsync(mention);
        var second = await SubmitAsync(mention, (await crowd.RowAsync(mention)).Fence, "Better.");
        Assert.That(second.Outcome, Is.EqualTo(ReplyOutcome.Submitted));
    }

    [Test]
    public async Task What_a_sender_has_taken_can_not_be_taken_back()
    {
        var (mention, reply) = await HoldAsync();
        crowd.Clock.Advance(Hold);
        await TakeAsync(reply);
        Assert.That(await UndoAsync(mention), Is.Null);
        Assert.That((await crowd.RowAsync(mention)).ClaimExpiresAt, Is.Null, "the claim has no end while it is sent");
    }

    [Test]
    public async Task Of_undo_and_send_at_the_same_moment_one_wins()
    {
        var mentions = new List<(Guid Mention, Guid Reply)>();
        for (var i = 0; i < 10; i++)
            mentions.Add(await HoldAsync());
        crowd.Clock.Advance(Hold);
        var results = await Task.WhenAll(mentions.Select(async m =>
        {
            var undo = Task.Run(() => UndoAsync(m.Mention));
            var take = Task.Run(() => TakeAsync(m.Reply));
            return (await undo is not null, await take is not null);
        }));
        Assert.That(results, Has.All.Matches<(bool Undone, bool Taken)>(r => r.Undone != r.Taken));
    }

    [Test]
    public async Task Nobody_takes_back_the_reply_of_somebody_else()
    {
        var (mention, _) = await HoldAsync();
        var ben = await crowd.AdvocateAsync("Ben");
        Assert.That(await crowd.Get<ReplyDesk>().UndoAsync(mention, CrowdDriver.Brand, ben.Id), Is.Null);
        Assert.That(await crowd.Get<ReplyDesk>().UndoAsync(mention, "another", ana.Id), Is.Null);
    }

    [Test]
    public async Task While_one_is_held_no_other_is_taken_and_the_claim_does_not_run_out()
    {
        var (mention, _) = await HoldAsync();
        Assert.That((await SubmitAsync(mention, (await crowd.RowAsync(mention)).Fence, "Two")).Outcome, Is.EqualTo(ReplyOutcome.NotYours));
        crowd.Clock.Advance(TimeSpan.FromHours(1));
        await crowd.Get<ClaimDesk>().ExpireAsync(100, default);
        Assert.That((await crowd.RowAsync(mention)).Status, Is.EqualTo(MentionStatus.Claimed));
    }

    private async Task<(Guid Mention, Guid Reply)> HoldAsync(string text = "Restart it.")
    {
        var (mention, fence) = await crowd.ClaimedAsync(ana);
        var result = await SubmitAsync(mention, fence, text);
        Assert.That((result.Outcome, result.State), Is.EqualTo((ReplyOutcome.Submitted, (ReplyState?)ReplyState.Held)));
        return (mention, result.ReplyId!.Value);
    }

    private Task<ReplyResult> SubmitAsync(Guid mention, long fence, string text) =>
        crowd.Get<ReplyDesk>().SubmitAsync(mention, CrowdDriver.Brand, ana.Id, ana.Name, fence, text, Hold);

    private Task<Reply?> UndoAsync(Guid mention) => crowd.Get<ReplyDesk>().UndoAsync(mention, CrowdDriver.Brand, ana.Id);

    private Task<Reply?> TakeAsync(Guid reply) => crowd.Get<ReplyStore>().TakeAsync(reply, default);

    private async Task<IEnumerable<Guid>> DueAsync() => (await crowd.Get<ReplyStore>().DueAsync(10, default)).Select(r => r.Id);
}
