using Crowd4Care.Community;
using Crowd4Care.Engagement;
using Crowd4Care.Engagement.Questions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement;

[EachEngine]
public sealed class NoticeQueriesTests(string engine)
{
    private static readonly NoticeKind[] All = [NoticeKind.Escalation, NoticeKind.Question, NoticeKind.Approval];

    private CrowdDriver crowd = null!;
    private Person ana = null!;
    private DateTimeOffset start;

    private NoticeQueries Queries => crowd.Get<NoticeQueries>();

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana", trust: 0);
        start = crowd.Clock.GetUtcNow();
        crowd.Clock.Advance(TimeSpan.FromSeconds(5));
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task An_advocate_is_told_of_their_own_open_offers_since_then()
    {
        var (mine, others) = (await crowd.OpenAsync(), await crowd.OpenAsync());
        await crowd.OfferAsync(mine, ana);
        await crowd.OfferAsync(others, await crowd.AdvocateAsync("Kim"));

        var notice = (await Queries.OffersAsync(ana.Id, start)).Single();
        Assert.That((notice.Kind, notice.MentionId, notice.Network, notice.At), Is.EqualTo((NoticeKind.Offer, mine, ScriptedNetwork.NetworkName, crowd.Clock.GetUtcNow())));
        Assert.That(await Queries.OffersAsync(ana.Id, crowd.Clock.GetUtcNow()), Is.Empty, "it is known by then");

        await crowd.ClaimAsync(mine, ana);
        Assert.That(await Queries.OffersAsync(ana.Id, start), Is.Empty, "it is no offer any more");
    }

    [Test]
    public async Task Staff_are_told_of_what_they_chose()
    {
        await crowd.ChannelAsync();
        var escalated = await crowd.EscalatedAsync();
        crowd.Clock.Advance(TimeSpan.FromSeconds(1));
        var (asked, _) = await crowd.ClaimedAsync(ana);
        await crowd.Get<QuestionDesk>().AskAsync(asked, CrowdDriver.Brand, ana.Id, "Is it waterproof?");
        crowd.Clock.Advance(TimeSpan.FromSeconds(1));
        var (waits, fence) = await crowd.ClaimedAsync(ana);
        await crowd.Get<ReplyDesk>().SubmitAsync(waits, CrowdDriver.Brand, ana.Id, ana.Name, fence, "It is.");

        var told = await Queries.OfStaffAsync(CrowdDriver.Brand, All, start);
        Assert.That(
            told.Select(n => (n.Kind, n.MentionId)),
            Is.EqualTo(new[] { (NoticeKind.Approval, waits), (NoticeKind.Question, asked), (NoticeKind.Escalation, escalated) }), "the newest first");
        Assert.That(told[1].Text, Is.EqualTo("Is it waterproof?"));
        Assert.That((await Queries.OfStaffAsync(CrowdDriver.Brand, [NoticeKind.Question], start)).Single().MentionId, Is.EqualTo(asked));
        Assert.That(await Queries.OfStaffAsync(CrowdDriver.Brand, [], start), Is.Empty);
        Assert.That(await Queries.OfStaffAsync("other", All, start), Is.Empty);
        Assert.That(await Queries.OfStaffAsync(CrowdDriver.Brand, All, crowd.Clock.GetUtcNow()), Is.Empty);
    }
}
