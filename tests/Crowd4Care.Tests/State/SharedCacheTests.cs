using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.State;

[TestFixture(StateDriver.InProcess)]
[TestFixture(StateDriver.OnRedis)]
public sealed class SharedCacheTests(string kind)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeClock clock = new();
    private StateDriver state = null!;
    private int made;

    [SetUp]
    public void Start()
    {
        made = 0;
        state = StateDriver.Start(kind, clock);
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (state is not null)
            await state.DisposeAsync();
    }

    [Test]
    public async Task An_answer_is_made_once()
    {
        Assert.That(await GetAsync("a"), Is.EqualTo(new Answer(1, "a")));
        Assert.That(await GetAsync("a"), Is.EqualTo(new Answer(1, "a")));
    }

    [Test]
    public async Task Each_key_has_its_own_answer()
    {
        await GetAsync("a");
        Assert.That(await GetAsync("b"), Is.EqualTo(new Answer(2, "b")));
    }

    [Test]
    public async Task What_is_dropped_is_made_again()
    {
        await GetAsync("a");
        await state.Cache.DropAsync("group");
        Assert.That(await GetAsync("a"), Is.EqualTo(new Answer(2, "a")));
    }

    [Test]
    public async Task Other_groups_are_not_dropped()
    {
        await GetAsync("a");
        await state.Cache.DropAsync("another group");
        Assert.That(await GetAsync("a"), Is.EqualTo(new Answer(1, "a")));
    }

    [Test]
    public async Task What_was_made_from_facts_before_the_drop_is_not_found_after_it()
    {
        await state.Cache.GetAsync("group", "a", Minute, async () =>
        {
            await state.Cache.DropAsync("group");
            return new Answer(0, "old");
        });
        Assert.That((await GetAsync("a")).Text, Is.EqualTo("a"));
    }

    private Task<Answer> GetAsync(string key) => state.Cache.GetAsync("group", key, Minute, () => Task.FromResult(new Answer(++made, key)));

    private sealed record Answer(int Number, string Text);
}
