using Crowd4Care.Bus;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Networks;
using Crowd4Care.State;
using Crowd4Care.Tests.Support;
using MassTransit.Testing;

namespace Crowd4Care.Tests.Engagement;

[EachEngine]
public sealed class SendReplyTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person ana = null!;
    private ChannelConnection channel = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine, bus => bus.AddConsumer<SendReply>());
        ana = await crowd.AdvocateAsync("Ana");
        channel = await crowd.ChannelAsync();
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_reply_is_posted_and_the_mention_answered()
    {
        var (mention, reply) = await SubmitAsync();
        var posted = await UntilAsync(reply, r => r.State == ReplyState.Posted);
        Assert.That(crowd.Network.Standing.Single().Text, Is.EqualTo("Restart it.\n— Ana"));
        Assert.That((posted.ExternalId, posted.PostedAt), Is.EqualTo(($"posted-{posted.NetworkKey}", (DateTimeOffset?)crowd.Clock.GetUtcNow())));
        Assert.That((await crowd.RowAsync(mention)).Status, Is.EqualTo(MentionStatus.Answered));
        Assert.That((await crowd.KindsAsync(mention))[^1], Is.EqualTo(JournalKinds.ReplyPosted));
    }

    [Test]
    public async Task The_network_is_told_what_is_answered()
    {
        var post = Some.Post(inReplyTo: "parent") with { ContentId = "cid", RootId = "root", RootContentId = "root-cid" };
        var (_, reply) = await SubmitAsync(post);
        await UntilAsync(reply, r => r.State == ReplyState.Posted);
        var sent = crowd.Network.Sent.Single();
        Assert.That((sent.ParentId, sent.ParentContentId, sent.RootId, sent.RootContentId), Is.EqualTo((post.ExternalId, "cid", "root", "root-cid")));
    }

    [Test]
    public async Task A_first_try_does_not_look_for_what_can_not_be_there()
    {
        var (_, reply) = await SubmitAsync();
        await UntilAsync(reply, r => r.State == ReplyState.Posted);
        Assert.That(crowd.Network.Looks, Is.Zero);
    }

    [Test]
    public async Task A_send_of_unknown_outcome_that_reached_the_network_is_not_repeated()
    {
        crowd.Network.Then(reply =>
        {
            crowd.Network.Stand(reply);
            return new PostOutcome(PostOutcomeKind.Unknown, Reason: "Time ran out.");
        });
        var (mention, reply) = await SubmitAsync();
        await UntilAsync(reply, r => r.Error == "Time ran out.");
        await NextTryAsync(reply);
        await UntilAsync(reply, r => r.State == ReplyState.Posted);
        Assert.That(crowd.Network.Standing, Has.Count.EqualTo(1));
        Assert.That(crowd.Network.Sent, Has.Count.EqualTo(1));
        Assert.That((await crowd.RowAsync(mention)).Status, Is.EqualTo(MentionStatus.Answered));
    }

    [Test]
    public async Task A_send_of_unknown_outcome_that_did_not_reach_the_network_is_repeated()
    {
        crowd.Network.Then(_ => new PostOutcome(PostOutcomeKind.Unknown, Reason: "Time ran out."));
        var (_, reply) = await SubmitAsync();
        await UntilAsync(reply, r => r.Error == "Time ran out.");
        await NextTryAsync(reply);
        await UntilAsync(reply, r => r.State == ReplyState.Posted);
        Assert.That(crowd.Network.Standing, Has.Count.EqualTo(1));
        Assert.That(crowd.Network.Looks, Is.EqualTo(1));
    }

    [Test]
    public async Task A_repeated_send_uses_the_same_key_and_time()
    {
        crowd.Network.Then(_ => new PostOutcome(PostOutcomeKind.Transient, Reason: "Busy."));
        var (_, reply) = await SubmitAsync();
        await UntilAsync(reply, r => r.Error == "Busy.");
        await NextTryAsync(reply);
        await UntilAsync(reply, r => r.State == ReplyState.Posted);
        Assert.That(crowd.Network.Sent.Distinct().ToList(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_throttled_reply_is_tried_when_the_network_says()
    {
        var retryAt = crowd.Clock.GetUtcNow().AddMinutes(7);
        crowd.Network.Then(_ => new PostOutcome(PostOutcomeKind.Throttled, Reason: "Slow down.", RetryAt: retryAt));
        var (_, reply) = await SubmitAsync();
        await UntilAsync(reply, r => r.Error == "Slow down.");

        crowd.Clock.Advance(TimeSpan.FromMinutes(7) - TimeSpan.FromSeconds(1));
        Assert.That(await crowd.Get<ReplyStore>().DueAsync(10, default), Is.Empty);
        crowd.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await crowd.Get<ReplyStore>().DueAsync(10, default)).Select(r => r.Id), Is.EqualTo(new[] { reply }));
    }

    [Test]
    public async Task A_wake_up_that_comes_before_its_time_sends_nothing()
    {
        crowd.Network.Then(_ => new PostOutcome(PostOutcomeKind.Throttled, Reason: "Slow down.", RetryAt: crowd.Clock.GetUtcNow().AddMinutes(7)));
        var (_, reply) = await SubmitAsync();
        await UntilAsync(reply, r => r.Error == "Slow down.");
        Assert.That(await crowd.Get<ReplyStore>().TakeAsync(reply, default), Is.Null);
    }

    [TestCase(PostOutcomeKind.Invalid)]
    [TestCase(PostOutcomeKind.Forbidden)]
    [TestCase(PostOutcomeKind.Gone)]
    public async Task A_refused_reply_has_failed_and_its_writer_can_mend_it(PostOutcomeKind kind)
    {
        crowd.Network.Then(_ => new PostOutcome(kind, Reason: "Not like this."));
        var (mention, reply) = await SubmitAsync();
        var failed = await UntilAsync(reply, r => r.State == ReplyState.Failed);
        Assert.That(failed.Error, Is.EqualTo("Not like this."));

        var row = await crowd.RowAsync(mention);
        Assert.That((row.Status, row.AssigneeId), Is.EqualTo((MentionStatus.Claimed, (Guid?)ana.Id)));
        Assert.That(row.ClaimExpiresAt, Is.EqualTo(crowd.Clock.GetUtcNow().AddMinutes(20)));
        var second = await crowd.Get<ReplyDesk>().SubmitAsync(mention, CrowdDriver.Brand, ana.Id, ana.Name, row.Fence, "Better.");
        await UntilAsync(second.ReplyId!.Value, r => r.State == ReplyState.Posted);
    }

    [Test]
    public async Task Refused_credentials_are_shown_with_the_channel_and_the_reply_waits()
    {
        crowd.Network.Then(_ => new PostOutcome(PostOutcomeKind.Unauthorized, Reason: "Wrong password."));
        var (_, reply) = await SubmitAsync();
        var waiting = await UntilAsync(reply, r => r.Error is not null);
        Assert.That(waiting.State, Is.EqualTo(ReplyState.Sending));
        var part = (await crowd.Get<ChannelHealthStore>().OfAsync(channel.Id)).Parts.Single();
        Assert.That((part.Name, part.Trouble), Is.EqualTo((ChannelHealthStore.Replies, new ChannelTrouble(TroubleKind.SignIn, "Wrong password."))));
    }

    [Test]
    public async Task A_sender_that_dies_between_sending_and_recording_is_replaced_and_nothing_is_posted_twice()
    {
        crowd.Network.Then(reply =>
        {
            crowd.Network.Stand(reply);
            throw new InvalidOperationException("The process dies.");
        });
        var (mention, reply) = await SubmitAsync();
        await Poll.UntilAsync(() => crowd.Network.Sent.Count == 1, "the sender dies");

        // Until the lease is over nobody else sends.
        Assert.That(await crowd.Get<ReplyStore>().TakeAsync(reply, default), Is.Null);

        crowd.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.That((await crowd.Get<ReplyStore>().DueAsync(10, default)).Select(r => r.Id), Is.EqualTo(new[] { reply }));
        await SendAsync(reply);
        await UntilAsync(reply, r => r.State == ReplyState.Posted);
        Assert.That(crowd.Network.Standing, Has.Count.EqualTo(1));
        Assert.That(crowd.Network.Sent, Has.Count.EqualTo(1));
        Assert.That((await crowd.RowAsync(mention)).Status, Is.EqualTo(MentionStatus.Answered));
    }

    [Test]
    public async Task A_message_that_comes_many_times_posts_once()
    {
        var (_, reply) = await SubmitAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(reply)));
        await Poll.UntilAsync(() => crowd.Harness.Consumed.Select<ReplySubmitted>().Count() >= 21, "all messages are consumed");
        Assert.That(crowd.Network.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_reply_whose_message_was_lost_is_found()
    {
        var (mention, fence) = await crowd.ClaimedAsync(ana);
        var reply = new Reply
        {
            Id = Some.Id(), MentionId = mention, ChannelId = channel.Id, Network = ScriptedNetwork.NetworkName, PersonId = ana.Id, Fence = fence, Text = "Hello",
            NetworkKey = "key", State = ReplyState.Sending, CreatedAt = crowd.Clock.GetUtcNow(),
        };
        await crowd.WriteAsync(transaction => crowd.Get<ReplyStore>().AddAsync(transaction, reply, crowd.Clock.GetUtcNow().AddSeconds(5)));
        Assert.That(await crowd.Get<ReplyStore>().DueAsync(10, default), Is.Empty);
        crowd.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That((await crowd.Get<ReplyStore>().DueAsync(10, default)).Single().Id, Is.EqualTo(reply.Id));
    }

    [Test]
    public async Task A_reply_to_a_post_that_was_deleted_meanwhile_is_not_sent()
    {
        crowd.Network.Then(_ => new PostOutcome(PostOutcomeKind.Transient, Reason: "Busy."));
        var (mention, reply) = await SubmitAsync();
        await UntilAsync(reply, r => r.Error == "Busy.");
        await crowd.ApplyAsync(MentionChange.Deleted(mention));
        await NextTryAsync(reply);
        await UntilAsync(reply, r => r.State == ReplyState.Failed);
        Assert.That(crowd.Network.Standing, Is.Empty);
        Assert.That((await crowd.RowAsync(mention)).Status, Is.EqualTo(MentionStatus.Deleted));
    }

    [Test]
    public async Task Pauses_between_tries_grow_and_have_an_end()
    {
        for (var i = 0; i < 12; i++)
            crowd.Network.Then(_ => new PostOutcome(PostOutcomeKind.Throttled, Reason: "Busy."));
        var (_, reply) = await SubmitAsync();
        var pauses = new List<TimeSpan>();
        for (var attempt = 1; attempt <= 12; attempt++)
        {
            var tried = attempt;
            await UntilAsync(reply, r => r.Attempts == tried && r.Error is not null);
            var next = await Poll.UntilAsync(NextTryAtAsync, at => at is not null, "the next try is set");
            pauses.Add(next!.Value - crowd.Clock.GetUtcNow());
            await NextTryAsync(reply);
        }

        Assert.That(pauses, Is.Ordered);
        Assert.That(pauses[^1], Is.EqualTo(TimeSpan.FromMinutes(10)));

        async Task<DateTimeOffset?> NextTryAtAsync()
        {
            var at = (await crowd.QueryAsync<(long? Next, long? Lease)>("SELECT next_try_at, lease_until FROM replies WHERE id = @reply", new { reply }))[0];
            return at is { Lease: null, Next: { } next } ? DateTimeOffset.FromUnixTimeMilliseconds(next) : null;
        }
    }

    [Test]
    public async Task Without_a_request_left_it_is_held_back_until_there_is_one_and_no_try_is_counted()
    {
        crowd.Network.Budget = new RequestBudget(1, 1, TimeSpan.FromMinutes(3));
        var (_, first) = await SubmitAsync();
        await UntilAsync(first, r => r.State == ReplyState.Posted);
        var (_, second) = await SubmitAsync();
        var held = await UntilAsync(second, r => r.Error is not null);
        Assert.That((held.State, held.Attempts), Is.EqualTo((ReplyState.Sending, 0)));
        Assert.That(await HeldUntilAsync(second), Is.EqualTo(crowd.Clock.GetUtcNow().AddMinutes(3)));
        Assert.That(crowd.Network.Sent, Has.Count.EqualTo(1));

        await NextTryAsync(second);
        var posted = await UntilAsync(second, r => r.State == ReplyState.Posted);
        Assert.That(posted.Attempts, Is.EqualTo(1));
        Assert.That(crowd.Network.Looks, Is.Zero, "nothing was ever sent before");
    }

    [Test]
    public async Task When_the_network_asks_for_a_pause_no_reply_of_the_channel_goes_out()
    {
        var until = crowd.Clock.GetUtcNow().AddMinutes(5);
        crowd.Network.Then(_ => new PostOutcome(PostOutcomeKind.Throttled, Reason: "Slowly!", RetryAt: until));
        var (_, first) = await SubmitAsync();
        await UntilAsync(first, r => r.Error == "Slowly!");
        var (_, second) = await SubmitAsync();
        await UntilAsync(second, r => r.Error is not null);
        Assert.That(await HeldUntilAsync(second), Is.EqualTo(until));
        Assert.That(crowd.Network.Sent, Has.Count.EqualTo(1));

        Assert.That((await TroublesAsync()).Single(), Is.EqualTo(new ChannelTrouble(TroubleKind.Throttled, "Slowly!", until)));

        await NextTryAsync(second);
        await UntilAsync(second, r => r.State == ReplyState.Posted);
        Assert.That(await TroublesAsync(), Is.Empty, "it takes replies again");
    }

    private async Task<IReadOnlyList<ChannelTrouble?>> TroublesAsync() => [.. (await crowd.Get<ChannelHealthStore>().OfAsync(channel.Id)).InTrouble.Select(p => p.Trouble)];

    [Test]
    public async Task When_the_network_takes_replies_again_those_that_waited_long_do_not_wait_on()
    {
        var (_, waiting) = await SubmitAsync();
        await UntilAsync(waiting, r => r.State == ReplyState.Posted);
        await crowd.QueryAsync<Guid>("UPDATE replies SET state = 'sending', attempts = 8, next_try_at = @later WHERE id = @waiting RETURNING id",
            new { waiting, later = crowd.Clock.GetUtcNow().AddMinutes(4) });
        var (_, tried) = await SubmitAsync();
        await UntilAsync(tried, r => r.State == ReplyState.Posted);
        await Poll.UntilAsync(() => crowd.Get<ReplyStore>().DueAsync(10, default), due => due.Any(r => r.Id == waiting), "the other one is due");
    }

    private async Task<DateTimeOffset?> HeldUntilAsync(Guid reply)
    {
        var (next, lease) = (await crowd.QueryAsync<(long? Next, long? Lease)>("SELECT next_try_at, lease_until FROM replies WHERE id = @reply", new { reply }))[0];
        Assert.That(lease, Is.Null, "nobody holds the right to send");
        return next is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }

    private async Task<(Guid Mention, Guid Reply)> SubmitAsync(NetworkPost? post = null)
    {
        var (mention, fence) = await crowd.ClaimedAsync(ana, post);
        var result = await crowd.Get<ReplyDesk>().SubmitAsync(mention, CrowdDriver.Brand, ana.Id, ana.Name, fence, "Restart it.");
        Assert.That(result.Outcome, Is.EqualTo(ReplyOutcome.Submitted));
        return (mention, result.ReplyId!.Value);
    }

    // Time passes until the sweep would find the reply due, and wakes the sender up as the sweep does.
    private async Task NextTryAsync(Guid reply)
    {
        crowd.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.That((await crowd.Get<ReplyStore>().DueAsync(10, default)).Select(r => r.Id), Does.Contain(reply));
        await SendAsync(reply);
    }

    private Task<bool> SendAsync(Guid reply) => crowd.Get<WakeUps>().SendAsync(
        ReplyQueues.Of(ScriptedNetwork.NetworkName), new ReplySubmitted { ReplyId = reply, Network = ScriptedNetwork.NetworkName });

    private Task<Reply> UntilAsync(Guid reply, Predicate<Reply> until) =>
        Poll.UntilAsync(async () => (await crowd.Get<ReplyStore>().FindAsync(reply))!, r => until(r), "the reply's state");
}
