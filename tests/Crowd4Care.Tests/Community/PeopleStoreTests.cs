using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Tests.Community;

[EachEngine]
public sealed class PeopleStoreTests(string engine)
{
    private const string Password = "correct horse battery";

    private CrowdDriver crowd = null!;
    private AsyncServiceScope scope;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        scope = crowd.Services.CreateAsyncScope();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await scope.DisposeAsync();
        await crowd.DisposeAsync();
    }

    [Test]
    public async Task A_person_comes_back_as_added()
    {
        var added = await People.AddAsync(
            new Person { BrandId = CrowdDriver.Brand, Login = " Ana ", Name = "Ana Ö.", Role = Role.Advocate, Trust = 2, Capacity = 7, Bio = "Knows routers." },
            [new PersonSkill("lang:de", 0.8), new PersonSkill("topic:billing", 0.5)], null);
        var found = (await People.FindAsync(added!.Id))!;
        Assert.That(
            (found.Login, found.Name, found.Role, found.Trust, found.Capacity, found.Bio, found.CreatedAt),
            Is.EqualTo(("ana", "Ana Ö.", Role.Advocate, 2, 7, "Knows routers.", crowd.Clock.GetUtcNow())));
        Assert.That(await People.SkillsAsync(added.Id), Is.EqualTo(new[] { new PersonSkill("lang:de", 0.8), new PersonSkill("topic:billing", 0.5) }));
    }

    [Test]
    public async Task A_login_name_is_taken_once_whatever_its_letters()
    {
        Assert.That(await People.AddAsync(Ana, [], null), Is.Not.Null);
        Assert.That(await People.AddAsync(Ana with { Login = "ANA " }, [], null), Is.Null);
        Assert.That(await People.ListAsync(CrowdDriver.Brand), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Adding_and_changing_people_is_recorded()
    {
        var ana = await People.AddAsync(Ana, [], null);
        await People.ChangeAsync(ana!.Id, CrowdDriver.Brand, "Anna", Role.Agent, 3, 5, [], ana.Id);
        var kinds = (await crowd.JournalAsync()).Select(e => e.Kind);
        Assert.That(kinds, Is.EqualTo(new[] { JournalKinds.PersonChanged, JournalKinds.PersonChanged }));
    }

    [Test]
    public async Task A_change_replaces_the_skills()
    {
        var ana = await People.AddAsync(Ana, [new PersonSkill("lang:de", 1)], null);
        await People.ChangeAsync(ana!.Id, CrowdDriver.Brand, "Anna", Role.Agent, 3, 5, [new PersonSkill("lang:fr", 1)], null);
        Assert.That((await People.SkillsAsync(ana.Id)).Single().Skill, Is.EqualTo("lang:fr"));
        Assert.That(await People.FindAsync(ana.Id), Has.Property("Name").EqualTo("Anna").And.Property("Role").EqualTo(Role.Agent).And.Property("Trust").EqualTo(3));
    }

    [Test]
    public async Task An_admin_of_another_brand_changes_nothing()
    {
        var ana = await People.AddAsync(Ana, [new PersonSkill("lang:de", 1)], null);
        await People.ChangeAsync(ana!.Id, "another", "Anna", Role.Admin, 4, 5, [], null);
        await crowd.Get<Suspensions>().SuspendAsync(ana.Id, "another", "rude", null);
        Assert.That(await People.FindAsync(ana.Id), Has.Property("Role").EqualTo(Role.Advocate).And.Property("SuspendedAt").Null);
        Assert.That(await People.SkillsAsync(ana.Id), Has.Count.EqualTo(1));
        Assert.That((await crowd.JournalAsync()).Count, Is.EqualTo(1), "what did not happen is not recorded");
    }

    [Test]
    public async Task A_suspension_has_a_reason_and_ends_older_sessions()
    {
        var ana = await People.AddAsync(Ana, [], null);
        await crowd.Get<Suspensions>().SuspendAsync(ana!.Id, CrowdDriver.Brand, "rude", null);
        var found = (await People.FindAsync(ana.Id))!;
        Assert.That((found.SuspendedAt, found.SuspendedReason), Is.EqualTo(((DateTimeOffset?)crowd.Clock.GetUtcNow(), "rude")));
        Assert.That(found.SecurityStamp, Is.Not.EqualTo(ana.SecurityStamp));
    }

    [Test]
    public async Task Being_away_lasts_since_it_was_first_said()
    {
        var ana = await People.AddAsync(Ana, [], null);
        await crowd.Get<AvailabilityStore>().SetAwayAsync(ana!.Id, true);
        var since = crowd.Clock.GetUtcNow();
        crowd.Clock.Advance(TimeSpan.FromHours(1));
        await crowd.Get<AvailabilityStore>().SetAwayAsync(ana.Id, true);
        Assert.That((await People.FindAsync(ana.Id))!.AwaySince, Is.EqualTo(since));
        await crowd.Get<AvailabilityStore>().SetAwayAsync(ana.Id, false);
        Assert.That((await People.FindAsync(ana.Id))!.AwaySince, Is.Null);
    }

    [Test]
    public async Task A_person_with_a_password_can_sign_in()
    {
        var created = await Users.CreateAsync(Ana, Password);
        Assert.That(created.Succeeded, Is.True, $"{created}");
        var found = (await Users.FindByNameAsync(" ANA"))!;
        Assert.That(await Users.CheckPasswordAsync(found, Password), Is.True);
        Assert.That(await Users.CheckPasswordAsync(found, Password + "!"), Is.False);
    }

    [TestCase("short")]
    [TestCase("aaaaaaaaaaaa")]
    public async Task A_weak_password_is_refused(string password) => Assert.That((await Users.CreateAsync(Ana, password)).Succeeded, Is.False);

    [Test]
    public async Task A_taken_login_name_is_refused_with_words()
    {
        await Users.CreateAsync(Ana, Password);
        var again = await Users.CreateAsync(Ana, Password);
        Assert.That(again.Succeeded, Is.False);
        Assert.That(again.Errors.Select(e => e.Description), Has.Some.Contains("taken"));
    }

    [Test]
    public async Task Five_wrong_passwords_lock_the_account()
    {
        await Users.CreateAsync(Ana, Password);
        for (var i = 0; i < 5; i++)
        {
            var person = (await Users.FindByNameAsync("ana"))!;
            Assert.That(await Users.IsLockedOutAsync(person), Is.False, $"after {i} failures");
            await Users.AccessFailedAsync(person);
        }

        var locked = (await Users.FindByNameAsync("ana"))!;
        Assert.That(await Users.IsLockedOutAsync(locked), Is.True);
        Assert.That(locked.LockedUntil, Is.Not.Null);
    }

    [Test]
    public async Task A_good_sign_in_forgets_the_failures()
    {
        await Users.CreateAsync(Ana, Password);
        for (var i = 0; i < 4; i++)
            await Users.AccessFailedAsync((await Users.FindByNameAsync("ana"))!);
        await Users.ResetAccessFailedCountAsync((await Users.FindByNameAsync("ana"))!);
        await Users.AccessFailedAsync((await Users.FindByNameAsync("ana"))!);
        Assert.That(await Users.IsLockedOutAsync((await Users.FindByNameAsync("ana"))!), Is.False);
    }

    [Test]
    public async Task A_new_password_ends_older_sessions()
    {
        await Users.CreateAsync(Ana, Password);
        var before = (await Users.FindByNameAsync("ana"))!;
        Assert.That((await Users.ChangePasswordAsync((await Users.FindByNameAsync("ana"))!, Password, Password + " staple")).Succeeded, Is.True);
        Assert.That((await Users.FindByNameAsync("ana"))!.SecurityStamp, Is.Not.EqualTo(before.SecurityStamp));
    }

    [Test]
    public async Task People_are_not_deleted()
    {
        await Users.CreateAsync(Ana, Password);
        Assert.That((await Users.DeleteAsync((await Users.FindByNameAsync("ana"))!)).Succeeded, Is.False);
    }

    private static Person Ana => new() { BrandId = CrowdDriver.Brand, Login = "ana", Name = "Ana", Role = Role.Advocate };

    private PeopleStore People => crowd.Get<PeopleStore>();

    private UserManager<Person> Users => scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
}
