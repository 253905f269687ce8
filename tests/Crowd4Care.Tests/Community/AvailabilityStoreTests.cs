using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community;

[EachEngine]
public sealed class AvailabilityStoreTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person ana = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine, bus => bus.AddConsumer<SetIgnorersAway>());
        ana = await crowd.AdvocateAsync("Ana", capacity: 10);
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Going_away_and_coming_back_is_recorded_once_each()
    {
        await Store.SetAwayAsync(ana.Id, true);
        await Store.SetAwayAsync(ana.Id, true);
        await Store.SetAwayAsync(ana.Id, false);
        var entries = (await crowd.JournalAsync()).Where(e => e.Kind == JournalKinds.AvailabilityChanged).ToList();
        Assert.That(entries.Select(e => e.ActorId), Is.EqualTo(new Guid?[] { ana.Id, ana.Id }));
        Assert.That((await FindAsync()).AwaySince, Is.Null);
    }

    [Test]
    public async Task What_somebody_says_is_kept()
    {
        var said = new Availability { TimeZone = "Europe/Berlin", QuietFrom = "22:30", QuietUntil = "07:05", DailyLimit = 12 };
        await Store.SaveAsync(ana.Id, said);
        Assert.That(Availability.Of(await FindAsync()), Is.EqualTo(said));
        await Store.SaveAsync(ana.Id, new Availability());
        Assert.That(Availability.Of(await FindAsync()), Is.EqualTo(new Availability()));
    }

    [Test]
    public async Task Who_lets_three_in_a_row_run_out_is_away_and_the_desk_hears_of_it()
    {
        await IgnoreAsync();
        await IgnoreAsync();
        Assert.That(await Store.SetIgnorersAwayAsync([ana.Id]), Is.Empty);
        await IgnoreAsync();
        await crowd.Harness.Bus.Publish(new OffersIgnored { PersonIds = [ana.Id] });
        await Poll.UntilAsync(() => crowd.Published<MentionsChanged>().Any(m => m.PersonIds.SequenceEqual([ana.Id])), "the desk is told");
        var person = await FindAsync();
        Assert.That((person.AwaySince, person.AwayReason), Is.EqualTo(((DateTimeOffset?)crowd.Clock.GetUtcNow(), AvailabilityStore.Ignored)));
        var entry = (await crowd.JournalAsync()).Single(e => e.Kind == JournalKinds.AvailabilityChanged);
        Assert.That(entry.Data, Does.Contain(AvailabilityStore.Ignored).And.Contain($"{ana.Id}"));
    }

    [Test]
    public async Task Who_does_anything_in_between_is_not_away()
    {
        await IgnoreAsync();
        await IgnoreAsync();
        var id = await crowd.OpenAsync();
        await crowd.OfferAsync(id, ana);
        await crowd.Get<ClaimDesk>().PassAsync(id, CrowdDriver.Brand, ana.Id, PassReason.NotMyTopic, null);
        await IgnoreAsync();
        Assert.That(await Store.SetIgnorersAwayAsync([ana.Id]), Is.Empty);
        await IgnoreAsync();
        await IgnoreAsync();
        Assert.That(await Store.SetIgnorersAwayAsync([ana.Id]), Is.EqualTo(new[] { ana.Id }));
    }

    [Test]
    public async Task Who_comes_back_starts_anew_and_no_reason_is_left()
    {
        for (var i = 0; i < 3; i++)
            await IgnoreAsync();
        await Store.SetIgnorersAwayAsync([ana.Id]);
        await Store.SetAwayAsync(ana.Id, false);
        await IgnoreAsync();
        Assert.That(await Store.SetIgnorersAwayAsync([ana.Id]), Is.Empty);
        Assert.That((await FindAsync()).AwayReason, Is.Null);
    }

    [Test]
    public async Task Offers_that_somebody_else_took_or_that_were_withdrawn_do_not_count()
    {
        var ben = await crowd.AdvocateAsync("Ben");
        for (var i = 0; i < 3; i++)
        {
            var id = await crowd.OpenAsync();
            await crowd.OfferAsync(id, ana);
            await crowd.OfferAsync(id, ben);
            await crowd.ClaimAsync(id, ben);
        }

        Assert.That(await Store.SetIgnorersAwayAsync([ana.Id]), Is.Empty);
    }

    [Test]
    public async Task How_many_is_configured_and_none_is_never()
    {
        await using var strict = await CrowdDriver.StartAsync(engine, null, KeyValuePair.Create<string, string?>("Community:IgnoredOffers", "0"));
        var person = await strict.AdvocateAsync(capacity: 10);
        for (var i = 0; i < 5; i++)
            await IgnoreAsync(strict, person);
        Assert.That(await strict.Get<AvailabilityStore>().SetIgnorersAwayAsync([person.Id]), Is.Empty);
    }

    [TestCase("Mars/Base", "22:00", "08:00", null, "timeZone: \"Mars/Base\"")]
    [TestCase("Europe/Berlin", "22:00", null, null, "quietUntil: ")]
    [TestCase("Europe/Berlin", "10pm", "08:00", null, "quietFrom: \"10pm\"")]
    [TestCase("Europe/Berlin", "24:00", "08:00", null, "quietFrom: \"24:00\"")]
    [TestCase(null, "08:00", "08:00", null, "quietUntil: ")]
    [TestCase(null, null, null, 0, "dailyLimit: is 0")]
    [TestCase(null, null, null, 1001, "dailyLimit: is 1001")]
    public void Mistakes_are_named(string? zone, string? from, string? until, int? limit, string mistake) =>
        Assert.That(
            new Availability { TimeZone = zone, QuietFrom = from, QuietUntil = until, DailyLimit = limit }.Mistakes().Single(), Does.StartWith(mistake));

    private AvailabilityStore Store => crowd.Get<AvailabilityStore>();

    private async Task<Person> FindAsync() => (await crowd.Get<PeopleStore>().FindAsync(ana.Id))!;

    private Task IgnoreAsync() => IgnoreAsync(crowd, ana);

    private static async Task IgnoreAsync(CrowdDriver crowd, Person person)
    {
        crowd.Clock.Advance(TimeSpan.FromSeconds(1));
        await crowd.OfferAsync(await crowd.OpenAsync(), person, TimeSpan.FromMinutes(1));
        crowd.Clock.Advance(TimeSpan.FromMinutes(1));
        await crowd.WriteAsync(transaction => crowd.Get<OfferStore>().ExpireAsync(transaction, 100));
    }
}
