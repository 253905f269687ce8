using Crowd4Care.Storage;

namespace Crowd4Care.Tests.Storage;

public sealed class MigrationsTests
{
    private StorageDriver storage = null!;

    [SetUp]
    public void Start() => storage = new StorageDriver();

    [TearDown]
    public void Stop() => storage.Dispose();

    [Test]
    public async Task A_new_database_gets_every_migration()
    {
        var applied = await storage.Migrations.ApplyAsync();
        Assert.That(applied, Is.EqualTo(Migrations.Embedded(SqlDialect.Sqlite).Select(m => m.Name)));
        Assert.That(applied, Is.Not.Empty);
    }

    [Test]
    public async Task A_migration_is_applied_once()
    {
        await storage.Migrations.ApplyAsync();
        Assert.That(await storage.Migrations.ApplyAsync(), Is.Empty);
    }

    [Test]
    public async Task A_database_of_a_newer_program_is_refused_and_left_alone()
    {
        await storage.Migrations.ApplyAsync();
        await storage.ExecuteAsync("INSERT INTO schema_versions (version, name, applied_at) VALUES (9999, '9999_future', 0)");
        var refusal = Assert.ThrowsAsync<InvalidOperationException>(() => storage.Migrations.ApplyAsync())!;
        Assert.That(refusal.Message, Does.Contain("9999"));
    }

    [Test]
    public async Task Programs_that_start_together_apply_each_migration_once()
    {
        using var other = storage.Another();
        var applied = await Task.WhenAll(
            Task.Run(() => storage.Migrations.ApplyAsync()), Task.Run(() => other.Migrations.ApplyAsync()));
        Assert.That(applied.Count(a => a.Count > 0), Is.EqualTo(1));
    }

    [Test]
    public void Migrations_are_numbered_without_gaps() =>
        Assert.That(
            Migrations.Embedded(SqlDialect.Sqlite).Select(m => m.Version),
            Is.EqualTo(Enumerable.Range(1, Migrations.Embedded(SqlDialect.Sqlite).Count())));
}
