using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement;

[EachEngine]
public sealed class FeedQueriesTests(string engine)
{
    private CrowdDriver crowd = null!;

    private FeedQueries Feed => crowd.Get<FeedQueries>();

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Open_mentions_come_in_my_languages_first_and_then_by_urgency_page_by_page()
    {
        var german = await OpenAsync("de", priority: 9);
        var english = await OpenAsync("en", priority: 1);
        var urgent = await OpenAsync("en", priority: 5);
        var french = await OpenAsync("fr", priority: 3);
        var welsh = await OpenAsync("cy", priority: 4);
        var me = await crowd.AdvocateAsync(skills: new PersonSkill("lang:fr", 1));
        Guid[] all = [urgent, french, english, german, welsh];

        Assert.That(await OpenAsync(me), Is.EqualTo(all));
        for (var limit = 1; limit <= all.Length; limit++)
        {
            for (var offset = 0; offset <= all.Length; offset++)
                Assert.That(await OpenAsync(me, new FeedFilter(Limit: limit, Offset: offset)), Is.EqualTo(all.Skip(offset).Take(limit)), $"{limit} after {offset}");
        }
    }

    [Test]
    public async Task Open_mentions_are_filtered_and_leave_out_what_is_offered()
    {
        var german = await OpenAsync("de");
        var english = await OpenAsync("en");
        var topic = await OpenAsync("en", topic: "outage");
        var me = await crowd.AdvocateAsync();
        await crowd.OfferAsync(english, me);

        Assert.That(await OpenAsync(me), Is.EquivalentTo(new[] { german, topic }));
        Assert.That(await OpenAsync(me, new FeedFilter(Language: "en")), Is.EqualTo(new[] { topic }));
        Assert.That(await OpenAsync(me, new FeedFilter(Topic: "outage", Network: ScriptedNetwork.NetworkName)), Is.EqualTo(new[] { topic }));
        Assert.That(await OpenAsync(me, new FeedFilter(Network: "elsewhere")), Is.Empty);
        Assert.That(
            (await Feed.OpenFacetsAsync(CrowdDriver.Brand)).Select(f => (f.Kind, f.Value, f.Count)),
            Is.EquivalentTo(new[] { ("language", "de", 1), ("language", "en", 1), ("topic", "billing", 1), ("topic", "outage", 1), ("network", ScriptedNetwork.NetworkName, 2) }));
    }

    [Test]
    public async Task A_mention_says_how_many_places_it_takes_as_long_as_it_takes_them()
    {
        var me = await crowd.AdvocateAsync();
        var (small, large) = (await crowd.OpenAsync(), await crowd.OpenAsync());
        await crowd.OfferAsync(small, me);
        await crowd.OfferAsync(large, me, places: 2);
        Assert.That((await Feed.OffersAsync(me.Id)).ToDictionary(m => m.Id, m => m.Places), Is.EquivalentTo(new Dictionary<Guid, int> { [small] = 1, [large] = 2 }));

        var claim = await crowd.ApplyAsync(MentionChange.ClaimedBy(large, me.Id, MentionStatus.Open, Some.Noon.AddHours(1), new ClaimTerms { Places = 2 }));
        Assert.That((await Feed.ClaimedAsync(me.Id)).Single().Places, Is.EqualTo(2));
        await crowd.ApplyAsync(MentionChange.Answered(large, me.Id, claim!.Fence, new { }));
        Assert.That((await Feed.FindAsync(large))!.Places, Is.EqualTo(1));
    }

    [Test]
    public async Task Pages_of_a_brand_go_through_all_states_in_the_order_of_ids()
    {
        var ids = new List<Guid> { await crowd.ReceivedAsync(), await OpenAsync("en"), await crowd.EscalatedAsync(), await crowd.ClassifiedAsync(), await OpenAsync("de") };
        ids.Sort((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

        var read = new List<Guid>();
        while (await Feed.PageAsync(CrowdDriver.Brand, null, read.Count == 0 ? null : read[^1], 2) is { Count: > 0 } page)
            read.AddRange(page.Select(m => m.Id));
        Assert.That(read, Is.EqualTo(ids));
        Assert.That((await Feed.PageAsync(null, null, null, 10)).Select(m => m.Id), Is.EqualTo(ids));
        Assert.That((await Feed.PageAsync(CrowdDriver.Brand, "open", null, 10)).Select(m => m.Status), Is.EqualTo(new[] { MentionStatus.Open, MentionStatus.Open }));
        Assert.That((await Feed.PageAsync(CrowdDriver.Brand, "received", null, 10)), Has.Count.EqualTo(1));
        Assert.That(await Feed.PageAsync("another", null, null, 10), Is.Empty);
    }

    [Test]
    public async Task My_last_answer_comes_first_and_each_mention_once()
    {
        var me = await crowd.AdvocateAsync();
        var first = await AnsweredAsync(me);
        var second = await AnsweredAsync(me);
        await AnsweredAsync(await crowd.AdvocateAsync());

        Assert.That((await Feed.HistoryAsync(me.Id, 10)).Select(m => m.Id), Is.EqualTo(new[] { second, first }));
        Assert.That((await Feed.HistoryAsync(me.Id, 10, 1)).Select(m => m.Id), Is.EqualTo(new[] { first }));
    }

    private async Task<Guid> OpenAsync(string language, int priority = 0, string topic = "billing")
    {
        var id = await crowd.ClassifiedAsync(score: Some.Score((Heads.Language, language, 0.9), (Heads.Topic, topic, 0.9)));
        await crowd.ApplyAsync(MentionChange.Opened(id, priority, new { }));
        return id;
    }

    private async Task<IEnumerable<Guid>> OpenAsync(Person me, FeedFilter? filter = null) =>
        (await Feed.OpenAsync(CrowdDriver.Brand, me.Id, filter ?? new FeedFilter())).Select(m => m.Id);

    private async Task<Guid> AnsweredAsync(Person person)
    {
        crowd.Clock.Advance(TimeSpan.FromMinutes(1));
        var (id, fence) = await crowd.ClaimedAsync(person);
        await crowd.Get<ReplyDesk>().RecordByHandAsync(id, CrowdDriver.Brand, person.Id, fence, "Restart it.", null);
        return id;
    }
}
