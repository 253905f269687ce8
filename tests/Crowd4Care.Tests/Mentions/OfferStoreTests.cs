using Crowd4Care.Community;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Mentions;

[EachEngine]
public sealed class OfferStoreTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person advocate = null!;
    private Guid mention;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        advocate = await crowd.AdvocateAsync();
        mention = await crowd.OpenAsync();
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Somebody_has_one_open_offer_of_a_mention_at_most()
    {
        await crowd.OfferAsync(mention, advocate);
        await crowd.OfferAsync(mention, advocate);
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM offers WHERE state = 'open'"), Is.EqualTo(1));
        Assert.That((await OpenOfferAsync())!.PersonId, Is.EqualTo(advocate.Id));
    }

    [Test]
    public async Task A_mention_is_offered_to_several_at_once()
    {
        var other = await crowd.AdvocateAsync();
        await crowd.OfferAsync(mention, advocate);
        await crowd.OfferAsync(mention, other);
        Assert.That((await OpenOffersAsync()).Select(o => o.PersonId), Is.EquivalentTo(new[] { advocate.Id, other.Id }));
    }

    [Test]
    public async Task Who_passes_leaves_the_offers_of_others()
    {
        var other = await crowd.AdvocateAsync();
        await crowd.OfferAsync(mention, advocate);
        await crowd.OfferAsync(mention, other);
        await PassAsync(advocate.Id, null);
        Assert.That((await OpenOfferAsync())!.PersonId, Is.EqualTo(other.Id));
    }

    [Test]
    public async Task One_of_several_expires_alone()
    {
        var other = await crowd.AdvocateAsync();
        await crowd.OfferAsync(mention, advocate, TimeSpan.FromMinutes(1));
        await crowd.OfferAsync(mention, other, TimeSpan.FromMinutes(5));
        crowd.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await ExpireAsync()).Select(o => o.PersonId), Is.EqualTo(new[] { advocate.Id }));
        Assert.That((await OpenOfferAsync())!.PersonId, Is.EqualTo(other.Id));
    }

    [Test]
    public async Task The_offers_of_people_who_are_away_end_and_say_so()
    {
        var other = await crowd.AdvocateAsync();
        await crowd.OfferAsync(mention, advocate);
        await crowd.OfferAsync(mention, other);
        var withdrawn = await crowd.Database.WriteAsync(transaction => crowd.Get<OfferStore>().WithdrawAsync(transaction, [advocate.Id]));
        Assert.That(withdrawn.Select(o => o.PersonId), Is.EqualTo(new[] { advocate.Id }));
        Assert.That((await OpenOfferAsync())!.PersonId, Is.EqualTo(other.Id));
        var entry = (await crowd.Get<Journal>().OfMentionAsync(mention))[^1];
        Assert.That((entry.Kind, entry.BrandId), Is.EqualTo((JournalKinds.OfferWithdrawn, CrowdDriver.Brand)));
        Assert.That(entry.Data, Does.Contain($"{advocate.Id}"));
    }

    [Test]
    public async Task An_offer_is_recorded()
    {
        await crowd.OfferAsync(mention, advocate);
        Assert.That((await crowd.KindsAsync(mention))[^1], Is.EqualTo(JournalKinds.Offered));
    }

    [Test]
    public async Task An_offer_that_was_not_made_is_not_recorded()
    {
        await crowd.OfferAsync(mention, advocate);
        await crowd.OfferAsync(mention, advocate);
        Assert.That((await crowd.KindsAsync(mention)).Count(k => k == JournalKinds.Offered), Is.EqualTo(1));
    }

    [Test]
    public async Task An_offer_ends_when_its_time_is_over()
    {
        await crowd.OfferAsync(mention, advocate, TimeSpan.FromMinutes(5));
        crowd.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.That(await ExpireAsync(), Is.Empty);
        crowd.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That((await ExpireAsync()).Select(o => o.MentionId), Is.EqualTo(new[] { mention }));
        Assert.That(await OpenOfferAsync(), Is.Null);
        Assert.That((await crowd.KindsAsync(mention))[^1], Is.EqualTo(JournalKinds.OfferExpired));
    }

    [Test]
    public async Task What_expired_is_recorded_for_the_brand()
    {
        await crowd.OfferAsync(mention, advocate);
        crowd.Clock.Advance(TimeSpan.FromHours(1));
        await ExpireAsync();
        Assert.That((await crowd.Get<Journal>().OfMentionAsync(mention))[^1].BrandId, Is.EqualTo(CrowdDriver.Brand));
    }

    [Test]
    public async Task An_offer_expires_once()
    {
        await crowd.OfferAsync(mention, advocate);
        crowd.Clock.Advance(TimeSpan.FromHours(1));
        await ExpireAsync();
        Assert.That(await ExpireAsync(), Is.Empty);
    }

    [Test]
    public async Task Who_passes_says_why()
    {
        await crowd.OfferAsync(mention, advocate);
        Assert.That(await PassAsync(advocate.Id, "I never had one", PassReason.NotMyTopic), Is.True);
        Assert.That((await crowd.QueryAsync<(string, string)>("SELECT reason_code, reason FROM offers"))[0], Is.EqualTo(("not-my-topic", "I never had one")));
        var entry = (await crowd.Get<Journal>().OfMentionAsync(mention))[^1];
        Assert.That(entry, Has.Property("ActorId").EqualTo(advocate.Id).And.Property("Kind").EqualTo(JournalKinds.Passed));
        Assert.That(entry.Data, Does.Contain("not-my-topic").And.Contain("I never had one"));
    }

    [Test]
    public async Task Nobody_passes_on_anothers_offer()
    {
        await crowd.OfferAsync(mention, advocate);
        Assert.That(await PassAsync(Some.Id(), null), Is.False);
        Assert.That(await OpenOfferAsync(), Is.Not.Null);
    }

    [Test]
    public async Task Nobody_passes_twice()
    {
        await crowd.OfferAsync(mention, advocate);
        await PassAsync(advocate.Id, null);
        Assert.That(await PassAsync(advocate.Id, null), Is.False);
    }

    [Test]
    public async Task Waiting_on_moves_the_next_look_and_keeps_the_time_of_overflow()
    {
        await WaitAsync(Some.Noon.AddMinutes(1), Some.Noon.AddMinutes(30));
        await WaitAsync(Some.Noon.AddMinutes(2), Some.Noon.AddMinutes(60));
        var waiting = (await crowd.QueryAsync<(DateTimeOffset Next, DateTimeOffset Overflow)>("SELECT next_look_at, overflow_at FROM waiting"))[0];
        Assert.That(waiting, Is.EqualTo((Some.Noon.AddMinutes(2), Some.Noon.AddMinutes(30))));
    }

    private Task<IReadOnlyList<Offer>> OpenOffersAsync() => crowd.Database.WriteAsync(transaction => crowd.Get<OfferStore>().OpenOffersAsync(transaction, mention));

    private async Task<Offer?> OpenOfferAsync() => (await OpenOffersAsync()).SingleOrDefault();

    private Task<IReadOnlyList<Offer>> ExpireAsync() => crowd.Database.WriteAsync(transaction => crowd.Get<OfferStore>().ExpireAsync(transaction, 100));

    private Task<bool> PassAsync(Guid person, string? reason, PassReason? why = null) =>
        crowd.Database.WriteAsync(transaction => crowd.Get<OfferStore>().PassAsync(transaction, CrowdDriver.Brand, mention, person, why, reason));

    private Task WaitAsync(DateTimeOffset next, DateTimeOffset overflow) =>
        crowd.WriteAsync(transaction => crowd.Get<OfferStore>().WaitAsync(transaction, [new WaitingMention(mention, next, overflow).ToRow()]));
}
