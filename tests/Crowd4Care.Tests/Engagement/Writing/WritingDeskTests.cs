using Crowd4Care.Community;
using Crowd4Care.Engagement;
using Crowd4Care.Engagement.Writing;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement.Writing;

[EachEngine]
public sealed class WritingDeskTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person ana = null!;

    private TemplateStore Templates => crowd.Get<TemplateStore>();

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_template_is_kept_changed_and_removed()
    {
        var template = await AddAsync("Welcome", languages: ["en", "de"], topics: ["billing"]);
        Assert.That((await Templates.FindAsync(CrowdDriver.Brand, template.Id))!.Languages, Is.EqualTo(new[] { "en", "de" }));
        Assert.That(await Templates.SaveAsync(CrowdDriver.Brand, template with { Text = "Hi {author}" }, ana.Id), Is.Empty);
        Assert.That((await Templates.ListAsync(CrowdDriver.Brand)).Single().Text, Is.EqualTo("Hi {author}"));
        Assert.That(await Templates.DeleteAsync(CrowdDriver.Brand, template.Id), Is.True);
        Assert.That(await Templates.ListAsync(CrowdDriver.Brand), Is.Empty);
    }

    [Test]
    public async Task A_name_is_used_once()
    {
        await AddAsync("Welcome");
        Assert.That(await Templates.SaveAsync(CrowdDriver.Brand, Draft("Welcome"), null), Is.EqualTo(new[] { "name: there is a template named \"Welcome\" already." }));
    }

    [Test]
    public async Task Mistakes_are_told_all_at_once_and_nothing_is_kept()
    {
        var mistakes = await Templates.SaveAsync(CrowdDriver.Brand, Draft("") with { Text = "Dear {autor}", Languages = ["English!"], Topics = ["a b"] }, null);
        Assert.That(mistakes, Has.Count.EqualTo(4));
        Assert.That(mistakes, Has.Some.Contains("{autor} is no placeholder; {author}, {handle}"));
        Assert.That(await Templates.ListAsync(CrowdDriver.Brand), Is.Empty);
    }

    [Test]
    public async Task Another_brand_neither_sees_nor_changes_it()
    {
        await crowd.Get<BrandStore>().EnsureAsync("other", "Other");
        var template = await AddAsync("Welcome");
        Assert.That(await Templates.ListAsync("other"), Is.Empty);
        Assert.That(await Templates.SaveAsync("other", template with { Text = "Stolen" }, null), Is.Not.Empty);
        Assert.That(await Templates.DeleteAsync("other", template.Id), Is.False);
        Assert.That((await Templates.ListAsync(CrowdDriver.Brand)).Single().Text, Is.EqualTo("Hello {author}"));
    }

    [Test]
    public async Task Those_made_for_language_and_topic_come_first_and_those_for_others_last()
    {
        await AddAsync("A: for all");
        await AddAsync("B: German", languages: ["de"]);
        await AddAsync("C: billing", topics: ["billing"]);
        await AddAsync("D: English billing", languages: ["en"], topics: ["billing"]);
        var sorted = await crowd.Get<WritingDesk>().TemplatesAsync(await MentionAsync());
        Assert.That(sorted.Select(t => (t.Template.Name[0], t.Fit > 0)), Is.EqualTo(new[] { ('D', true), ('C', true), ('A', true), ('B', false) }));
    }

    [Test]
    public async Task A_template_is_filled_in_for_the_mention_and_who_answers()
    {
        await LinkAsync("Everything", "https://example.org/all");
        await LinkAsync("Bills", "https://example.org/bills", "billing");
        await LinkAsync("Parcels", "https://example.org/parcels", "delivery");
        var template = await AddAsync("All", text: "{author} {handle} {me} {brand} {link}");
        var filled = await crowd.Get<WritingDesk>().FillAsync(await MentionAsync(), template.Id, "Ana");
        Assert.That(filled, Is.EqualTo("Name of zoe @zoe Ana Brand https://example.org/bills"));
    }

    [Test]
    public async Task A_text_whose_placeholder_is_open_is_not_sent()
    {
        await crowd.ChannelAsync();
        var (id, fence) = await crowd.ClaimedAsync(ana);
        var result = await crowd.Get<ReplyDesk>().SubmitAsync(id, CrowdDriver.Brand, ana.Id, ana.Name, fence, "See {link}");
        Assert.That((result.Outcome, result.Reason), Is.EqualTo((ReplyOutcome.Unfilled, "{link}")));
    }

    [Test]
    public async Task A_page_is_on_the_list_once_and_must_have_an_address()
    {
        var store = crowd.Get<KnowledgeStore>();
        await LinkAsync("Old title", "https://example.org/a");
        await LinkAsync("New title", "https://example.org/a", "billing");
        Assert.That((await store.ListAsync(CrowdDriver.Brand)).Select(l => l.Title), Is.EqualTo(new[] { "New title" }));
        Assert.That(await store.SaveAsync(CrowdDriver.Brand, new KnowledgeLink { Title = "Bad", Url = "javascript:alert(1)" }, null), Has.Count.EqualTo(1));
        Assert.That(await store.DeleteAsync(CrowdDriver.Brand, (await store.ListAsync(CrowdDriver.Brand))[0].Id), Is.True);
    }

    [Test]
    public async Task What_was_answered_before_on_the_same_topic_is_found_with_its_answer()
    {
        var first = await AnsweredAsync("My bill is too high this month, please help", "We look into it.");
        await AnsweredAsync("Nothing alike at all", "No.");
        var mention = await MentionAsync("Why is my bill too high?");
        var similar = await FindAsync(mention);
        Assert.That(similar.Select(s => (s.ReplyId, s.Answer)), Is.EqualTo(new[] { (first, "We look into it.") }));
        Assert.That(await crowd.Get<WritingDesk>().StartFromAsync(CrowdDriver.Brand, first), Is.EqualTo("We look into it."));
        Assert.That(await crowd.Get<WritingDesk>().StartFromAsync("other", first), Is.Null);
    }

    [Test]
    public async Task Answers_to_posts_that_were_deleted_are_not_shown()
    {
        var reply = await AnsweredAsync("My bill is too high this month", "We look into it.");
        await crowd.ApplyAsync(MentionChange.Deleted((await crowd.Get<ReplyStore>().FindAsync(reply))!.MentionId));
        Assert.That(await FindAsync(await MentionAsync("Why is my bill too high?")), Is.Empty);
        Assert.That(await crowd.Get<WritingDesk>().StartFromAsync(CrowdDriver.Brand, reply), Is.Null);
    }

    private Task<IReadOnlyList<SimilarAnswer>> FindAsync(FeedItem mention) =>
        crowd.Get<SimilarAnswers>().FindAsync(CrowdDriver.Brand, mention.Id, mention.Text, mention.Language, mention.Topic);

    private async Task<Guid> AnsweredAsync(string question, string answer)
    {
        var (id, fence) = await crowd.ClaimedAsync(ana, Some.Post(text: question));
        return (await crowd.Get<ReplyDesk>().RecordByHandAsync(id, CrowdDriver.Brand, ana.Id, fence, answer, null)).ReplyId!.Value;
    }

    private async Task<FeedItem> MentionAsync(string? text = null) =>
        (await crowd.Get<FeedQueries>().FindAsync(await crowd.OpenAsync(Some.Post(author: Some.Author("zoe"), text: text))))!;

    private async Task<Template> AddAsync(string name, string text = "Hello {author}", string[]? languages = null, string[]? topics = null)
    {
        var template = Draft(name) with { Text = text, Languages = languages ?? [], Topics = topics ?? [] };
        Assert.That(await Templates.SaveAsync(CrowdDriver.Brand, template, ana.Id), Is.Empty);
        return template;
    }

    private static Template Draft(string name) => new() { Id = Some.Id(), Name = name, Text = "Hello {author}" };

    private async Task LinkAsync(string title, string url, params string[] topics) =>
        Assert.That(await crowd.Get<KnowledgeStore>().SaveAsync(CrowdDriver.Brand, new KnowledgeLink { Title = title, Url = url, Topics = topics }, ana.Id), Is.Empty);
}
