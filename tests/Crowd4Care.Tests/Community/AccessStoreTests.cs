using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community;

[EachEngine]
public sealed class AccessStoreTests(string engine)
{
    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_key_acts_as_its_person()
    {
        var ana = await crowd.AdvocateAsync("Ana");
        var key = await Access.AddKeyAsync(ana.Id, "script");
        Assert.That((await Access.PersonOfKeyAsync(key))?.Id, Is.EqualTo(ana.Id));
    }

    [Test]
    public async Task A_key_is_nowhere_in_the_database()
    {
        var key = await Access.AddKeyAsync((await crowd.AdvocateAsync()).Id, "script");
        var stored = (await crowd.QueryAsync<(string Id, string Name, string Hash)>("SELECT id, name, hash FROM api_keys")).Single();
        Assert.That($"{stored}", Does.Not.Contain(key).And.Not.Contain(key["c4c_".Length..]));
    }

    [Test]
    public async Task Keys_are_not_alike()
    {
        var ana = await crowd.AdvocateAsync();
        var keys = new List<string>();
        for (var i = 0; i < 20; i++)
            keys.Add(await Access.AddKeyAsync(ana.Id, "script"));
        Assert.That(keys, Is.Unique);
        Assert.That(keys, Is.All.Length.GreaterThanOrEqualTo(32));
    }

    [TestCase("")]
    [TestCase("c4c_")]
    [TestCase("c4c_unknown")]
    public async Task An_unknown_key_is_nobody(string key)
    {
        await Access.AddKeyAsync((await crowd.AdvocateAsync()).Id, "script");
        Assert.That(await Access.PersonOfKeyAsync(key), Is.Null);
    }

    [Test]
    public async Task A_key_in_other_letters_is_nobody()
    {
        var key = await Access.AddKeyAsync((await crowd.AdvocateAsync()).Id, "script");
        Assert.That(await Access.PersonOfKeyAsync(key.ToUpperInvariant()), Is.Null);
    }

    [Test]
    public async Task A_revoked_key_is_nobody()
    {
        var key = await Access.AddKeyAsync((await crowd.AdvocateAsync()).Id, "script");
        await crowd.WriteAsync(transaction => Crowd4Care.Storage.Sql.ExecuteAsync(transaction, "UPDATE api_keys SET revoked_at = 1"));
        Assert.That(await Access.PersonOfKeyAsync(key), Is.Null);
    }

    [Test]
    public async Task The_key_of_a_suspended_person_is_nobody_until_the_suspension_ends()
    {
        var ana = await crowd.AdvocateAsync();
        var key = await Access.AddKeyAsync(ana.Id, "script");
        await crowd.Get<Suspensions>().SuspendAsync(ana.Id, CrowdDriver.Brand, "rude", null);
        Assert.That(await Access.PersonOfKeyAsync(key), Is.Null);
        await crowd.Get<Suspensions>().SuspendAsync(ana.Id, CrowdDriver.Brand, null, null);
        Assert.That(await Access.PersonOfKeyAsync(key), Is.Not.Null);
    }

    [Test]
    public async Task A_link_says_what_it_is_for()
    {
        var link = await Access.FindLinkAsync(await Access.AddLinkAsync(CrowdDriver.Brand, Role.Admin));
        Assert.That(link, Is.EqualTo(new SetupLink { BrandId = CrowdDriver.Brand, Role = Role.Admin }));
    }

    [Test]
    public async Task A_link_works_once()
    {
        var token = await Access.AddLinkAsync(CrowdDriver.Brand, Role.Admin);
        Assert.That(await Access.UseLinkAsync(token), Is.True);
        Assert.That(await Access.UseLinkAsync(token), Is.False);
        Assert.That(await Access.FindLinkAsync(token), Is.Null);
    }

    [Test]
    public async Task Of_many_who_use_a_link_at_once_one_succeeds()
    {
        var token = await Access.AddLinkAsync(CrowdDriver.Brand, Role.Admin);
        var used = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Access.UseLinkAsync(token))));
        Assert.That(used.Count(u => u), Is.EqualTo(1));
    }

    [Test]
    public async Task A_link_is_good_for_a_day()
    {
        var token = await Access.AddLinkAsync(CrowdDriver.Brand, Role.Agent);
        crowd.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        Assert.That(await Access.FindLinkAsync(token), Is.Not.Null);
        crowd.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await Access.FindLinkAsync(token), Is.Null);
        Assert.That(await Access.UseLinkAsync(token), Is.False);
    }

    [Test]
    public async Task An_unknown_link_is_for_nothing() => Assert.That(await Access.FindLinkAsync("unknown"), Is.Null);

    private AccessStore Access => crowd.Get<AccessStore>();
}
