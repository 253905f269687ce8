using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Networks;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement;

[EachEngine]
public sealed class ReplyDeskTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person ana = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_reply_is_signed_stored_and_wakes_up_the_sender()
    {
        await crowd.ChannelAsync();
        var (id, fence) = await crowd.ClaimedAsync(ana);
        var result = await SubmitAsync(id, fence, "  Restart it.  ");
        Assert.That((result.Outcome, result.Text), Is.EqualTo((ReplyOutcome.Submitted, "Restart it.\n— Ana")));
        Assert.That(crowd.Published<ReplySubmitted>().Single().ReplyId, Is.EqualTo(result.ReplyId));
        var stored = await crowd.Get<ReplyStore>().FindAsync(result.ReplyId!.Value);
        Assert.That((stored!.Text, stored.State, stored.Attempts), Is.EqualTo(("Restart it.\n— Ana", ReplyState.Sending, 0)));
    }

    [Test]
    public async Task The_signature_counts()
    {
        await crowd.ChannelAsync();
        var (id, fence) = await crowd.ClaimedAsync(ana);
        var fits = new string('x', ScriptedNetwork.LongestText - "\n— Ana".Length);
        var tooLong = await SubmitAsync(id, fence, fits + "x");
        Assert.That((tooLong.Outcome, tooLong.Measure?.Count), Is.EqualTo((ReplyOutcome.TooLong, (int?)ScriptedNetwork.LongestText + 1)));
        Assert.That((await SubmitAsync(id, fence, fits)).Outcome, Is.EqualTo(ReplyOutcome.Submitted));
    }

    [Test]
    public async Task A_reply_that_is_too_long_leaves_the_claim_as_it_was()
    {
        await crowd.ChannelAsync();
        var (id, fence) = await crowd.ClaimedAsync(ana);
        var before = await crowd.RowAsync(id);
        await SubmitAsync(id, fence, new string('x', 1000));
        Assert.That(await crowd.RowAsync(id), Is.EqualTo(before));
    }

    [TestCase("")]
    [TestCase("  \n ")]
    public async Task A_reply_without_words_is_refused(string text)
    {
        await crowd.ChannelAsync();
        var (id, fence) = await crowd.ClaimedAsync(ana);
        Assert.That((await SubmitAsync(id, fence, text)).Outcome, Is.EqualTo(ReplyOutcome.Empty));
    }

    [Test]
    public async Task Without_a_channel_it_is_posted_by_hand_only()
    {
        var (id, fence) = await crowd.ClaimedAsync(ana);
        var result = await SubmitAsync(id, fence, "Hello");
        Assert.That((result.Outcome, result.Reason), Is.EqualTo((ReplyOutcome.ByHandOnly, "No scripted account is connected.")));
    }

    [Test]
    public async Task On_a_network_that_the_program_does_not_speak_it_is_posted_by_hand_only()
    {
        var (id, fence) = await crowd.ClaimedAsync(ana, Some.Post() with { Network = "elsewhere" });
        Assert.That((await SubmitAsync(id, fence, "Hello")).Outcome, Is.EqualTo(ReplyOutcome.ByHandOnly));
    }

    [Test]
    public async Task A_channel_that_may_not_reply_says_why()
    {
        await crowd.ChannelAsync();
        crowd.Network.Permission = new ReplyPermission(false, "No password is set.");
        var (id, fence) = await crowd.ClaimedAsync(ana);
        var result = await SubmitAsync(id, fence, "Hello");
        Assert.That((result.Outcome, result.Reason), Is.EqualTo((ReplyOutcome.ByHandOnly, "No password is set.")));
    }

    [Test]
    public async Task A_channel_that_is_switched_off_does_not_reply()
    {
        await crowd.ChannelAsync(enabled: false);
        var (id, fence) = await crowd.ClaimedAsync(ana);
        Assert.That((await SubmitAsync(id, fence, "Hello")).Outcome, Is.EqualTo(ReplyOutcome.ByHandOnly));
    }

    [Test]
    public async Task The_channel_that_heard_a_mention_answers_it()
    {
        await crowd.ChannelAsync();
        var heard = await crowd.ChannelAsync();
        await crowd.ChannelAsync();
        var mention = await crowd.RowAsync(await crowd.ReceivedAsync());
        Assert.That((await crowd.Get<ReplyChannels>().ForAsync(mention with { ChannelId = heard.Id })).Connection?.Id, Is.EqualTo(heard.Id));
    }

    [Test]
    public async Task A_second_reply_under_the_same_claim_is_refused()
    {
        await crowd.ChannelAsync();
        var (id, fence) = await crowd.ClaimedAsync(ana);
        await SubmitAsync(id, fence, "One");
        Assert.That((await SubmitAsync(id, fence, "Two")).Outcome, Is.EqualTo(ReplyOutcome.NotYours));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM replies"), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_many_submits_at_once_one_is_taken()
    {
        await crowd.ChannelAsync();
        var (id, fence) = await crowd.ClaimedAsync(ana);
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => SubmitAsync(id, fence, $"Reply {i}"))));
        Assert.That(results.Count(r => r.Outcome == ReplyOutcome.Submitted), Is.EqualTo(1));
    }

    [Test]
    public async Task A_reply_under_an_old_claim_is_refused()
    {
        await crowd.ChannelAsync();
        var (id, old) = await crowd.ClaimedAsync(ana);
        await crowd.Get<ClaimDesk>().ReleaseAsync(id, CrowdDriver.Brand, ana.Id);
        await crowd.ClaimAsync(id, ana);
        var result = await SubmitAsync(id, old, "Late");
        Assert.That((result.Outcome, result.Status), Is.EqualTo((ReplyOutcome.NotYours, (MentionStatus?)MentionStatus.Claimed)));
    }

    [Test]
    public async Task A_reply_without_a_claim_is_refused()
    {
        await crowd.ChannelAsync();
        Assert.That((await SubmitAsync(await crowd.OpenAsync(), 0, "Hello")).Outcome, Is.EqualTo(ReplyOutcome.NotYours));
    }

    [Test]
    public async Task A_claim_whose_reply_is_on_its_way_does_not_run_out()
    {
        await crowd.ChannelAsync();
        var (id, fence) = await crowd.ClaimedAsync(ana);
        await SubmitAsync(id, fence, "Hello");
        crowd.Clock.Advance(TimeSpan.FromHours(5));
        await crowd.Get<ClaimDesk>().ExpireAsync(100, default);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Claimed));
    }

    [Test]
    public async Task A_claim_whose_reply_is_on_its_way_is_not_given_back()
    {
        await crowd.ChannelAsync();
        var (id, fence) = await crowd.ClaimedAsync(ana);
        await SubmitAsync(id, fence, "Hello");
        Assert.That(await crowd.Get<ClaimDesk>().ReleaseAsync(id, CrowdDriver.Brand, ana.Id), Is.False);
    }

    [Test]
    public async Task What_was_posted_by_hand_is_recorded_without_a_signature()
    {
        var (id, fence) = await crowd.ClaimedAsync(ana);
        var result = await crowd.Get<ReplyDesk>().RecordByHandAsync(id, CrowdDriver.Brand, ana.Id, fence, " Done. ", "https://x.example/2");
        var stored = await crowd.Get<ReplyStore>().FindAsync(result.ReplyId!.Value);
        Assert.That((stored!.Text, stored.State, stored.Url), Is.EqualTo(("Done.", ReplyState.Posted, "https://x.example/2")));
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Answered));
        Assert.That((await crowd.KindsAsync(id))[^1], Is.EqualTo(JournalKinds.ReplyPosted));
    }

    [Test]
    public async Task What_was_posted_by_hand_is_recorded_once()
    {
        var (id, fence) = await crowd.ClaimedAsync(ana);
        await crowd.Get<ReplyDesk>().RecordByHandAsync(id, CrowdDriver.Brand, ana.Id, fence, "Done.", null);
        Assert.That((await crowd.Get<ReplyDesk>().RecordByHandAsync(id, CrowdDriver.Brand, ana.Id, fence, "Done.", null)).Outcome, Is.EqualTo(ReplyOutcome.NotYours));
    }

    private Task<ReplyResult> SubmitAsync(Guid id, long fence, string text) =>
        crowd.Get<ReplyDesk>().SubmitAsync(id, CrowdDriver.Brand, ana.Id, ana.Name, fence, text);
}
