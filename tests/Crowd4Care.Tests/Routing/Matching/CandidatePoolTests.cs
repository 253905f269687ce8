using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;
using Crowd4Care.State;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing.Matching;

[EachEngine]
public sealed class CandidatePoolTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Guid ana;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = (await crowd.AdvocateAsync("Ana", capacity: 5)).Id;
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_small_community_is_read_for_every_turn()
    {
        var pool = Pool(busy: 1000);
        await LoadAsync(pool);
        await OfferAsync();
        Assert.That(await LoadAsync(pool), Is.EqualTo(1));
    }

    [Test]
    public async Task A_busy_one_is_read_once_a_second()
    {
        var pool = Pool(busy: 1);
        await LoadAsync(pool);
        await OfferAsync();
        Assert.That(await LoadAsync(pool), Is.Zero);
        crowd.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await LoadAsync(pool), Is.EqualTo(1));
    }

    [Test]
    public async Task In_between_it_counts_on()
    {
        var pool = Pool(busy: 1);
        await LoadAsync(pool);
        pool.Note(CrowdDriver.Brand, new Dictionary<Guid, int> { [ana] = 2 });
        Assert.That(await LoadAsync(pool), Is.EqualTo(3));
        Assert.That(await SeeAsync(pool, advocates => advocates.Single().LastOfferAt), Is.EqualTo(crowd.Clock.GetUtcNow()));
    }

    [Test]
    public async Task Who_is_new_is_known_where_the_rules_ask_and_as_soon_as_they_do()
    {
        var pool = Pool(busy: 1);
        Assert.That(await SeeAsync(pool, advocates => advocates.Single().Skills), Does.Not.ContainKey(Newcomers.Mark));
        Assert.That(
            await pool.UseAsync(CrowdDriver.Brand, MatchPolicy.Default with { NewcomerShare = 0.1 }, advocates => Task.FromResult(advocates.Find(ana)!.Skills), default),
            Does.ContainKey(Newcomers.Mark));
    }

    [Test]
    public async Task What_a_turn_counts_is_its_own()
    {
        var pool = Pool(busy: 1);
        await pool.UseAsync(CrowdDriver.Brand, MatchPolicy.Default, advocates =>
        {
            advocates.Take(advocates.Find(ana)!, 5, 5);
            return Task.FromResult(true);
        }, default);
        Assert.That(await SeeAsync(pool, advocates => (advocates.Single().Load, advocates.Single().OffersNow)), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_turn_that_fails_leaves_nothing_counted()
    {
        var pool = Pool(busy: 1);
        Assert.That(
            async () => await pool.UseAsync<bool>(CrowdDriver.Brand, MatchPolicy.Default, advocates =>
            {
                advocates.Take(advocates.Find(ana)!, 5, 5);
                throw new InvalidOperationException("no");
            }, default),
            Throws.InvalidOperationException);
        Assert.That(await LoadAsync(pool), Is.Zero);
    }

    [Test]
    public async Task Who_comes_and_who_leaves_is_seen_at_once()
    {
        var pool = Pool(busy: 1);
        await LoadAsync(pool);
        var ben = (await crowd.AdvocateAsync("Ben")).Id;
        Assert.That(await SeeAsync(pool, advocates => advocates.Select(c => c.Id).ToList()), Is.EquivalentTo(new[] { ana, ben }));
        await crowd.Get<IPresence>().LeftAsync(ana);
        Assert.That(await SeeAsync(pool, advocates => advocates.Select(c => c.Id).ToList()), Is.EqualTo(new[] { ben }));
    }

    private CandidatePool Pool(int busy) => new(crowd.Get<RoutingStore>(), crowd.Get<IPresence>(), crowd.Clock) { Busy = busy };

    private static Task<int> LoadAsync(CandidatePool pool) => SeeAsync(pool, advocates => advocates.Single().Load);

    private static Task<T> SeeAsync<T>(CandidatePool pool, Func<IEnumerable<Candidate>, T> look) =>
        pool.UseAsync(CrowdDriver.Brand, MatchPolicy.Default, advocates => Task.FromResult(look(advocates.Everybody)), default);

    private async Task OfferAsync() => await crowd.Get<RoutingStep>().RouteAsync([await crowd.ClassifiedAsync()], default);
}
