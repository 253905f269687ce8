using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Storage;

public sealed class LeasesTests
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(20);

    private readonly FakeClock clock = new();
    private StorageDriver storage = null!;
    private Leases first = null!;
    private Leases second = null!;

    [SetUp]
    public async Task BeginAsync()
    {
        storage = new StorageDriver();
        await storage.Migrations.ApplyAsync();
        first = new Leases(storage.Database, clock);
        second = new Leases(storage.Database, clock);
    }

    [TearDown]
    public void End() => storage.Dispose();

    [Test]
    public async Task One_holder_at_a_time()
    {
        Assert.That(await first.TakeAsync("work", Lasts), Is.Not.Null);
        Assert.That(await second.TakeAsync("work", Lasts), Is.Null);
        Assert.That(await second.TakeAsync("other work", Lasts), Is.Not.Null);
    }

    [Test]
    public async Task Of_many_who_ask_at_once_one_gets_it()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => new Leases(storage.Database, clock).TakeAsync("work", Lasts))));
        Assert.That(taken.Count(t => t is not null), Is.EqualTo(1));
    }

    [Test]
    public async Task A_lease_runs_out_unless_it_is_renewed()
    {
        var lease = (await first.TakeAsync("work", Lasts))!;
        clock.Advance(Lasts - TimeSpan.FromSeconds(1));
        lease = (await first.RenewAsync(lease, Lasts))!;
        clock.Advance(Lasts - TimeSpan.FromSeconds(1));
        Assert.That(await second.TakeAsync("work", Lasts), Is.Null);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await second.TakeAsync("work", Lasts))?.Fence, Is.EqualTo(lease.Fence + 1));
    }

    [Test]
    public async Task A_lease_that_was_given_back_is_free_at_once_and_its_fence_grows()
    {
        var lease = (await first.TakeAsync("work", Lasts))!;
        await first.ReleaseAsync(lease);
        Assert.That((await second.TakeAsync("work", Lasts))?.Fence, Is.EqualTo(lease.Fence + 1));
    }

    [Test]
    public async Task Who_stood_still_finds_out_that_it_was_replaced()
    {
        var lease = (await first.TakeAsync("work", Lasts))!;
        await storage.Database.WriteAsync(transaction => Leases.HoldAsync(transaction, lease));
        clock.Advance(Lasts);
        var taken = (await second.TakeAsync("work", Lasts))!;

        Assert.That(await first.RenewAsync(lease, Lasts), Is.Null);
        Assert.That(() => storage.Database.WriteAsync(transaction => Leases.HoldAsync(transaction, lease)), Throws.TypeOf<LeaseLostException>());
        await first.ReleaseAsync(lease);
        await storage.Database.WriteAsync(transaction => Leases.HoldAsync(transaction, taken));
        Assert.That(await first.TakeAsync("work", Lasts), Is.Null);
    }

    [Test]
    public async Task Who_is_alone_frees_what_the_dead_held()
    {
        await first.TakeAsync("work", Lasts);
        await second.ReleaseAllAsync();
        Assert.That(await second.TakeAsync("work", Lasts), Is.Not.Null);
    }
}
