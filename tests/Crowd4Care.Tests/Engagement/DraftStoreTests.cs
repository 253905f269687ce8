using Crowd4Care.Community;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement;

[EachEngine]
public sealed class DraftStoreTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person ana = null!;
    private Guid mention;
    private long fence;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana");
        (mention, fence) = await crowd.ClaimedAsync(ana);
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task The_last_text_is_kept_as_it_was_typed_for_its_author_alone()
    {
        Assert.That(await SaveAsync("Have you "), Is.True);
        crowd.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await SaveAsync("Have you tried "), Is.True);
        Assert.That(await FindAsync(ana), Is.EqualTo(new Draft { Text = "Have you tried ", SavedAt = crowd.Clock.GetUtcNow() }));
        Assert.That(await FindAsync(await crowd.AdvocateAsync()), Is.Null);
    }

    [Test]
    public async Task It_outlives_the_claim_and_another_claim()
    {
        await SaveAsync("Have you tried");
        crowd.Clock.Advance(TimeSpan.FromHours(1));
        await crowd.Get<ClaimDesk>().ExpireAsync(100, default);
        Assert.That((await FindAsync(ana))?.Text, Is.EqualTo("Have you tried"));

        await crowd.ClaimAsync(mention, await crowd.AdvocateAsync("Ben"));
        Assert.That((await FindAsync(ana))?.Text, Is.EqualTo("Have you tried"));
    }

    [Test]
    public async Task Without_the_claim_nothing_is_kept()
    {
        var ben = await crowd.AdvocateAsync();
        Assert.That(await crowd.Get<DraftStore>().SaveAsync(mention, ben.Id, "Mine!"), Is.False);
        await crowd.Get<ClaimDesk>().ReleaseAsync(mention, CrowdDriver.Brand, ana.Id);
        Assert.That(await SaveAsync("Late"), Is.False);
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM drafts"), Is.Zero);
    }

    [Test]
    public async Task An_empty_text_forgets_it()
    {
        await SaveAsync("Have you tried");
        Assert.That(await SaveAsync("  "), Is.True);
        Assert.That(await FindAsync(ana), Is.Null);
    }

    [Test]
    public async Task It_ends_with_the_answer_and_what_is_saved_late_does_not_bring_it_back()
    {
        await SaveAsync("Have you tried turning it off?");
        var result = await crowd.Get<ReplyDesk>().RecordByHandAsync(mention, CrowdDriver.Brand, ana.Id, fence, "Have you tried turning it off?", null);
        Assert.That(result.Outcome, Is.EqualTo(ReplyOutcome.Submitted));
        Assert.That(await FindAsync(ana), Is.Null);
        Assert.That(await SaveAsync("Have you tried turning it off?"), Is.False);
        Assert.That(await FindAsync(ana), Is.Null);
    }

    [Test]
    public async Task While_the_reply_is_on_its_way_nothing_is_kept()
    {
        await crowd.ApplyAsync(MentionChange.ReplySubmitted(mention, ana.Id, fence, Some.Id()));
        Assert.That(await SaveAsync("Late"), Is.False);
    }

    [Test]
    public async Task A_deleted_post_leaves_no_draft()
    {
        await SaveAsync("About your secret");
        await crowd.ApplyAsync(MentionChange.Deleted(mention));
        Assert.That(await FindAsync(ana), Is.Null);
    }

    private Task<bool> SaveAsync(string text) => crowd.Get<DraftStore>().SaveAsync(mention, ana.Id, text);

    private Task<Draft?> FindAsync(Person person) => crowd.Get<DraftStore>().FindAsync(mention, person.Id);
}
