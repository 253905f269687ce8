using Crowd4Care.Routing;
using Crowd4Care.State;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

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
        Assert.That((await pool.PresentAsync(CrowdDriver.Brand, default)).Single().LastOfferAt, Is.EqualTo(crowd.Clock.GetUtcNow()));
    }

    [Test]
    public async Task What_a_turn_does_with_its_candidates_is_its_own()
    {
        var pool = Pool(busy: 1);
        (await pool.PresentAsync(CrowdDriver.Brand, default)).Single().Load = 5;
        (await pool.PresentAsync(CrowdDriver.Brand, default)).Single().OffersNow = 7;
        Assert.That(await LoadAsync(pool), Is.Zero);
        Assert.That((await pool.PresentAsync(CrowdDriver.Brand, default)).Single().OffersNow, Is.Zero);
    }

    [Test]
    public async Task Who_comes_and_who_leaves_is_seen_at_once()
    {
        var pool = Pool(busy: 1);
        await LoadAsync(pool);
        var ben = (await crowd.AdvocateAsync("Ben")).Id;
        Assert.That((await pool.PresentAsync(CrowdDriver.Brand, default)).Select(c => c.Id), Is.EquivalentTo(new[] { ana, ben }));
        await crowd.Get<IPresence>().LeftAsync(ana);
        Assert.That((await pool.PresentAsync(CrowdDriver.Brand, default)).Select(c => c.Id), Is.EqualTo(new[] { ben }));
    }

    private CandidatePool Pool(int busy) => new(crowd.Get<RoutingStore>(), crowd.Get<IPresence>(), crowd.Clock) { Busy = busy };

    private async Task<int> LoadAsync(CandidatePool pool) => (await pool.PresentAsync(CrowdDriver.Brand, default)).Single().Load;

    private async Task OfferAsync() => await crowd.Get<RoutingStep>().RouteAsync([await crowd.ClassifiedAsync()], default);
}
