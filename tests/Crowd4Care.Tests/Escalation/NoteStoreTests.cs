using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Escalation;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Escalation;

[EachEngine]
public sealed class NoteStoreTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person ana = null!;
    private Person agent = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana");
        agent = await crowd.AgentAsync("Agnes");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Who_is_named_gets_a_notice_until_they_see_it()
    {
        var id = await crowd.OpenAsync();
        var result = await NoteAsync(id, agent, "Look at this, @ana and @zoe.");
        Assert.That((result.Note!.Named.Select(p => p.Name), result.Unknown), Is.EqualTo((new[] { "Ana" }, new[] { "@zoe" })));
        Assert.That(crowd.Published<MentionsChanged>()[^1].PersonIds, Is.EqualTo(new[] { ana.Id }), "their desk is told");
        Assert.That(await Notes.UnseenAsync(ana.Id), Is.EqualTo(1));
        var notice = (await Notes.NamingAsync(ana.Id, 10)).Single();
        Assert.That((notice.MentionId, notice.WriterName, notice.SeenAt), Is.EqualTo((id, "Agnes", (DateTimeOffset?)null)));
        Assert.That(notice.Named.Single().Id, Is.EqualTo(ana.Id));

        await Desk.SeeNotesAsync(ana.Id, Some.Id());
        Assert.That(await Notes.UnseenAsync(ana.Id), Is.EqualTo(1), "another mention's");
        await Desk.SeeNotesAsync(ana.Id, id);
        Assert.That(await Notes.UnseenAsync(ana.Id), Is.Zero);
        Assert.That(crowd.Published<MentionsChanged>()[^1].PersonIds, Is.EqualTo(new[] { ana.Id }), "their other windows are told");
        Assert.That((await Notes.NamingAsync(ana.Id, 10)).Single().SeenAt, Is.EqualTo(crowd.Clock.GetUtcNow()));
        var told = crowd.Published<MentionsChanged>().Count;
        await Desk.SeeNotesAsync(ana.Id, null);
        Assert.That(crowd.Published<MentionsChanged>(), Has.Count.EqualTo(told), "nothing changed");
    }

    [Test]
    public async Task All_are_seen_at_once()
    {
        await NoteAsync(await crowd.OpenAsync(), agent, "@ana");
        crowd.Clock.Advance(TimeSpan.FromSeconds(1));
        await NoteAsync(await crowd.OpenAsync(), agent, "@ana again");
        await Desk.SeeNotesAsync(ana.Id, null);
        Assert.That(await Notes.UnseenAsync(ana.Id), Is.Zero);
        Assert.That((await Notes.NamingAsync(ana.Id, 10)).Select(n => n.Text), Is.EqualTo(new[] { "@ana again", "@ana" }), "the newest first");
    }

    [Test]
    public async Task Who_names_themselves_is_shown_and_not_told()
    {
        var id = await crowd.OpenAsync();
        await NoteAsync(id, ana, "@Ana and @ANA");
        Assert.That((await Notes.OfMentionAsync(id)).Single().Named.Single().Login, Is.EqualTo("ana"));
        Assert.That(await Notes.UnseenAsync(ana.Id), Is.Zero);
        Assert.That(await Notes.NamingAsync(ana.Id, 10), Is.Empty);
    }

    [Test]
    public async Task Only_who_may_see_it_is_named()
    {
        await crowd.Get<BrandStore>().EnsureAsync("other", "Other");
        await crowd.Get<PeopleStore>().AddAsync(new Person { BrandId = "other", Login = "strange", Name = "Strange", Role = Role.Agent }, [], null);
        await crowd.Get<Suspensions>().SuspendAsync(ana.Id, CrowdDriver.Brand, "Rude.", agent.Id);
        var result = await NoteAsync(await crowd.OpenAsync(), agent, "@strange @ana");
        Assert.That(result.Note!.Named, Is.Empty);
        Assert.That(result.Unknown, Is.EqualTo(new[] { "@strange", "@ana" }));
    }

    [Test]
    public async Task Advice_of_a_hand_back_names_too()
    {
        var id = await crowd.EscalatedAsync();
        await Desk.HandBackAsync(id, CrowdDriver.Brand, agent.Id, "Perhaps @ana knows.");
        Assert.That(await Notes.UnseenAsync(ana.Id), Is.EqualTo(1));
        Assert.That(crowd.Published<MentionsChanged>().SelectMany(m => m.PersonIds), Does.Contain(ana.Id));
    }

    [TestCase("an", "Ana")]
    [TestCase("AG", "Agnes")]
    [TestCase("be", "Zed Berg")]
    [TestCase("%", "")]
    [TestCase("a_", "")]
    public async Task Colleagues_are_found_by_the_beginning_of_their_login_and_staff_by_their_name(string typed, string names)
    {
        await crowd.Get<PeopleStore>().AddAsync(new Person { BrandId = CrowdDriver.Brand, Login = "bernd", Name = "Zed Berg", Role = Role.Advocate }, [], null);
        Assert.That(string.Join(", ", (await Notes.ColleaguesAsync(CrowdDriver.Brand, typed, 8)).Select(p => p.Name)), Is.EqualTo(names));
    }

    private NoteStore Notes => crowd.Get<NoteStore>();

    private StaffDesk Desk => crowd.Get<StaffDesk>();

    private Task<NoteResult> NoteAsync(Guid id, Person writer, string text) => Desk.NoteAsync(id, CrowdDriver.Brand, writer.Id, text);
}
