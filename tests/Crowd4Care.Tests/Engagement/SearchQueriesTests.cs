using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement;

[EachEngine]
public sealed class SearchQueriesTests(string engine)
{
    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task All_words_have_to_be_there_in_any_order_and_case()
    {
        var blue = await OpenAsync(Some.Post(text: "Do you ship the blue lamp to Ireland?"));
        var green = await OpenAsync(Some.Post(text: "A green LAMP, please. To example.org/Ireland!"));

        Assert.That(await FindAsync(new(Text: "lamp")), Is.EqualTo(new[] { green, blue }));
        Assert.That(await FindAsync(new(Text: "ireland Blue")), Is.EqualTo(new[] { blue }));
        Assert.That(await FindAsync(new(Text: "ireland lamp")), Is.EqualTo(new[] { green, blue }));
        Assert.That(await FindAsync(new(Text: "kettle lamp")), Is.Empty);
    }

    [TestCase("irel", true)]
    [TestCase("irel ", false)]
    [TestCase("ir", false)]
    [TestCase("reland", false)]
    public async Task Of_the_last_word_the_beginning_is_enough(string text, bool isFound)
    {
        await OpenAsync(Some.Post(text: "Do you ship to Ireland?"));
        Assert.That(await FindAsync(new(Text: text)), Has.Count.EqualTo(isFound ? 1 : 0));
    }

    [TestCase("\"; DROP TABLE mentions; --")]
    [TestCase("AND OR NOT NEAR(")]
    [TestCase("lamp AND * & | ! ' : ( ) <->")]
    [TestCase("''''")]
    [TestCase("🙂")]
    [TestCase("^{author}:-+")]
    public async Task What_means_something_to_an_engine_is_only_words(string text)
    {
        await OpenAsync(Some.Post(text: "Do you ship the blue lamp?"));
        Assert.That(await FindAsync(new(Text: text)), Is.Empty);
    }

    [TestCase("größe", "Welche Größe hat die Lampe?")]
    [TestCase("лампа", "Когда придёт лампа?")]
    [TestCase("ランプ", "ランプはいつ届きますか")]
    public async Task Words_of_any_script_are_found(string word, string text)
    {
        var id = await OpenAsync(Some.Post(text: text));
        Assert.That(await FindAsync(new(Text: word)), Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task Authors_are_found_by_words_and_by_their_own_field()
    {
        var zoe = await OpenAsync(Some.Post(author: Some.Author() with { Handle = "zoe.example", Name = "Zoë Lamp" }, text: "Hello there"));
        var text = await OpenAsync(Some.Post(author: Some.Author() with { Handle = "amir", Name = null }, text: "I asked zoe"));

        Assert.That(await FindAsync(new(Text: "zoe")), Is.EqualTo(new[] { text, zoe }));
        Assert.That(await FindAsync(new(Author: "zo")), Is.EqualTo(new[] { zoe }));
        Assert.That(await FindAsync(new(Text: "hello", Author: "amir")), Is.Empty);
    }

    [Test]
    public async Task What_is_found_is_narrowed_by_state_topic_network_and_person()
    {
        var me = await crowd.AgentAsync();
        var open = await OpenAsync();
        var (claimed, _) = await ClaimedAsync(me);

        foreach (var text in new[] { null, "router" })
        {
            Assert.That(await FindAsync(new(text, Status: MentionStatus.Open)), Is.EqualTo(new[] { open }));
            Assert.That(await FindAsync(new(text, PersonId: me.Id)), Is.EqualTo(new[] { claimed }));
            Assert.That(await FindAsync(new(text, Topic: "billing")), Is.EqualTo(new[] { claimed, open }));
            Assert.That(await FindAsync(new(text, Topic: "outage")), Is.Empty);
            Assert.That(await FindAsync(new(text, Network: ScriptedNetwork.NetworkName)), Is.EqualTo(new[] { claimed, open }));
            Assert.That(await FindAsync(new(text, Network: "elsewhere")), Is.Empty);
        }
    }

    [Test]
    public async Task An_advocate_sees_what_is_open_and_what_they_had()
    {
        var me = await crowd.AdvocateAsync();
        var open = await OpenAsync();
        var (mine, _) = await ClaimedAsync(me);
        await ClaimedAsync(await crowd.AdvocateAsync());
        await crowd.EscalatedAsync();

        foreach (var filter in new SearchFilter[] { new(Text: "router"), new(Network: ScriptedNetwork.NetworkName) })
            Assert.That(await FindAsync(filter, onlySeenBy: me), Is.EqualTo(new[] { mine, open }));
        Assert.That(await FindAsync(new(Text: "router")), Has.Count.EqualTo(4));
    }

    [TestCase("router")]
    [TestCase(null)]
    public async Task Pages_go_through_everything_once(string? text)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Insert(0, await OpenAsync());

        var read = new List<Guid>();
        Guid? before = null;
        do
        {
            var page = await crowd.Get<SearchQueries>().FindAsync(new SearchRequest(CrowdDriver.Brand, new(text, Status: MentionStatus.Open), null, before, 2));
            read.AddRange(page.Items.Select(m => m.Id));
            before = page.Next;
        }
        while (before is not null);

        Assert.That(read, Is.EqualTo(ids));
    }

    [Test]
    public async Task What_is_rare_among_the_common_is_found_on_a_later_page()
    {
        var rare = await OpenAsync(Some.Post(text: "A common word"));
        crowd.Clock.Advance(TimeSpan.FromMilliseconds(1));
        foreach (var chunk in Enumerable.Range(0, SearchQueries.Window + 10).Chunk(500))
            await crowd.StoreAsync([.. chunk.Select(_ => Some.Post(text: "A common word"))]);

        var search = crowd.Get<SearchQueries>();
        var request = new SearchRequest(CrowdDriver.Brand, new("common", Status: MentionStatus.Open), null);
        var first = await search.FindAsync(request);
        var second = await search.FindAsync(request with { Before = first.Next });

        Assert.That(first.Items, Is.Empty);
        Assert.That(first.Next, Is.Not.Null);
        Assert.That(second.Items.Select(m => m.Id), Is.EqualTo(new[] { rare }));
        Assert.That(second.Next, Is.Null);
    }

    [Test]
    public async Task Another_brand_finds_nothing()
    {
        await OpenAsync();
        var page = await crowd.Get<SearchQueries>().FindAsync(new SearchRequest("another", new(Text: "router"), null));
        Assert.That(page.Items, Is.Empty);
    }

    [Test]
    public async Task What_was_deleted_on_its_network_can_not_be_found_any_more()
    {
        var id = await OpenAsync();
        await crowd.ApplyAsync(MentionChange.Deleted(id));

        Assert.That(await FindAsync(new(Text: "router")), Is.Empty);
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM mention_words"), Is.Zero);
    }

    // The order is that of arrival: nothing here arrives in the same millisecond.
    private Task<Guid> OpenAsync(NetworkPost? post = null)
    {
        crowd.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return crowd.OpenAsync(post);
    }

    private Task<(Guid Id, long Fence)> ClaimedAsync(Person person)
    {
        crowd.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return crowd.ClaimedAsync(person);
    }

    private async Task<IReadOnlyList<Guid>> FindAsync(SearchFilter filter, Person? onlySeenBy = null) =>
        [.. (await crowd.Get<SearchQueries>().FindAsync(new SearchRequest(CrowdDriver.Brand, filter, onlySeenBy?.Id))).Items.Select(m => m.Id)];
}
