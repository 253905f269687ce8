namespace Crowd4Care.Tests.State;

public sealed class SharedCacheTests(string kind) : StateFixture(kind)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private int made;

    [SetUp]
    public void Start() => made = 0;

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
        await State.Cache.DropAsync("group");
        Assert.That(await GetAsync("a"), Is.EqualTo(new Answer(2, "a")));
    }

    [Test]
    public async Task Other_groups_are_not_dropped()
    {
        await GetAsync("a");
        await State.Cache.DropAsync("another group");
        Assert.That(await GetAsync("a"), Is.EqualTo(new Answer(1, "a")));
    }

    [Test]
    public async Task What_was_made_from_facts_before_the_drop_is_not_found_after_it()
    {
        await State.Cache.GetAsync("group", "a", Minute, async () =>
        {
            await State.Cache.DropAsync("group");
            return new Answer(0, "old");
        });
        Assert.That((await GetAsync("a")).Text, Is.EqualTo("a"));
    }

    private Task<Answer> GetAsync(string key) => State.Cache.GetAsync("group", key, Minute, () => Task.FromResult(new Answer(++made, key)));

    private sealed record Answer(int Number, string Text);
}
