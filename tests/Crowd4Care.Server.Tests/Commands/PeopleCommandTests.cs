using System.Net;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Commands;

public sealed class PeopleCommandTests
{
    private Installation installation = null!;

    [SetUp]
    public void Install() => installation = new Installation();

    [TearDown]
    public async Task RemoveAsync() => await installation.DisposeAsync();

    [Test]
    public async Task A_key_opens_the_api_under_its_name_and_role()
    {
        var added = await installation.RunAsync("key", "add", "--role", "agent", "--name", "Nightly import", "--skill", "lang:es=0.5");
        Assert.That(added.ExitCode, Is.Zero, added.Errors);
        await using var server = await installation.ServeAsync();

        var me = await server.Api(added.Output).GetAsync("me");

        Assert.That(me.Status, Is.EqualTo(HttpStatusCode.OK), me.ToString());
        Assert.That(((string?)me["name"], (string?)me["role"], (string?)me["brand"]), Is.EqualTo(("Nightly import", "agent", "default")));
    }

    [TestCase("--role \"boss\"", "--role", "boss")]
    [TestCase("--role", "--name", "somebody")]
    [TestCase("--brand \"acme\"", "--role", "agent", "--brand", "acme")]
    [TestCase("--skill \"spanish\"", "--role", "advocate", "--skill", "spanish")]
    [TestCase("--skill \"lang:es=2\"", "--role", "advocate", "--skill", "lang:es=2")]
    public async Task A_key_that_can_not_be_is_refused_with_the_wrong_value(string named, params string[] arguments)
    {
        var result = await installation.RunAsync(["key", "add", .. arguments]);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.ErrorLines, Has.Count.EqualTo(1), result.Errors);
        Assert.That(result.Errors, Does.Contain(named));
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    public async Task A_name_is_given_to_one_key_only()
    {
        await installation.RunAsync("key", "add", "--role", "agent", "--name", "import");

        var again = await installation.RunAsync("key", "add", "--role", "agent", "--name", "import");

        Assert.That(again.ExitCode, Is.EqualTo(2));
        Assert.That(again.Errors, Does.Contain("\"import\" is taken"));
    }

    [Test]
    public async Task A_person_is_added_with_the_password_from_standard_input()
    {
        var added = await CrowdProcess.RunAsync(installation.OnData("user", "add", "Zoe", "--role", "advocate") with { Input = "correct horse battery\n" });

        Assert.That(added.ExitCode, Is.Zero, added.Errors);
        Assert.That(added.Output, Is.EqualTo("zoe can sign in as advocate."));
    }

    [TestCase("10 characters", "zoe", "--role", "advocate", "--password", "short")]
    [TestCase("--role \"owner\"", "zoe", "--role", "owner", "--password", "correct horse battery")]
    [TestCase("--brand \"acme\"", "zoe", "--role", "admin", "--password", "correct horse battery", "--brand", "acme")]
    [TestCase("zoe smith", "zoe smith", "--role", "admin", "--password", "correct horse battery")]
    [TestCase("--skill \"x\"", "zoe", "--role", "admin", "--password", "correct horse battery", "--skill", "x")]
    public async Task A_person_that_can_not_be_is_refused_with_the_wrong_value(string named, params string[] arguments)
    {
        var result = await installation.RunAsync(["user", "add", .. arguments]);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.ErrorLines, Has.Count.EqualTo(1), result.Errors);
        Assert.That(result.Errors, Does.Contain(named));
        Assert.That((await NamesAsync()), Is.Empty, "Nobody may be left behind by a command that failed.");
    }

    [Test]
    public async Task Somebody_is_invited_by_a_link_that_the_command_prints_and_suspended_and_reinstated()
    {
        var invited = await installation.RunAsync("user", "invite", "--role", "advocate", "--for", "Zoe", "--url", "https://desk.example");
        Assert.That(invited.ExitCode, Is.Zero, invited.Errors);
        Assert.That(invited.Output, Does.StartWith("https://desk.example/set-up?token="));

        await installation.RunAsync("user", "add", "zoe", "--role", "advocate", "--password", "correct horse battery");
        var suspended = await installation.RunAsync("user", "suspend", "Zoe", "--reason", "Rude.");
        Assert.That((suspended.ExitCode, suspended.Output), Is.EqualTo((0, "zoe is suspended; 0 claims went back.")), suspended.Errors);
        var people = (Community.PeopleStore)(await installation.ServicesAsync()).GetService(typeof(Community.PeopleStore))!;
        Assert.That((await people.FindByNameAsync("zoe", default))!.SuspendedReason, Is.EqualTo("Rude."));
        Assert.That((await installation.RunAsync("user", "reinstate", "zoe")).ExitCode, Is.Zero);
        Assert.That((await people.FindByNameAsync("zoe", default))!.SuspendedAt, Is.Null);
    }

    [TestCase("--days 0", "invite", "--role", "advocate", "--days", "0")]
    [TestCase("--url \"desk\"", "invite", "--role", "advocate", "--url", "desk")]
    [TestCase("\"nobody\"", "suspend", "nobody", "--reason", "Rude.")]
    [TestCase("--reason is empty", "suspend", "nobody", "--reason", " ")]
    [TestCase("\"nobody\"", "reinstate", "nobody")]
    public async Task What_can_not_be_is_refused_with_the_wrong_value(string named, params string[] arguments)
    {
        var result = await installation.RunAsync(["user", .. arguments]);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.ErrorLines, Has.Count.EqualTo(1), result.Errors);
        Assert.That(result.Errors, Does.Contain(named));
    }

    [Test]
    public async Task A_login_name_is_taken_once()
    {
        await installation.RunAsync("user", "add", "zoe", "--role", "advocate", "--password", "correct horse battery");

        var again = await installation.RunAsync("user", "add", "ZOE", "--role", "agent", "--password", "correct horse battery");

        Assert.That(again.ExitCode, Is.EqualTo(2));
        Assert.That(again.Errors, Does.Contain("zoe").IgnoreCase.And.Contain("taken"));
    }

    [Test]
    public async Task Points_computed_again_are_the_points_that_were_there()
    {
        await using (var server = await installation.ServeAsync())
        {
            var staff = server.Api(await installation.AddKeyAsync(Role.Agent, "Olga"));
            var advocate = server.Api(await installation.AddKeyAsync(Role.Advocate, "Ines"));
            var ids = await staff.PushAsync(Some.Post(), Some.Post());
            foreach (var id in ids)
            {
                await staff.MentionAsync(id, "open");
                var fence = await advocate.ClaimAsync(id);
                await advocate.PostAsync($"mentions/{id}/reply", new { fence, text = "Yes, we do.", byHand = true });
            }

            await advocate.PostAsync($"mentions/{ids[0]}/resolve");
            await Poll.UntilAsync(_ => advocate.GetAsync("points"), p => (int?)p["total"] == 25, "25 points");
        }

        var first = await installation.RunAsync("points", "recompute");
        var second = await installation.RunAsync("points", "recompute");

        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), first.Errors);
        Assert.That(first.Output, Is.EqualTo("default\t1\tInes\t25"));
        Assert.That(second.Output, Is.EqualTo(first.Output));
    }

    private async Task<IEnumerable<string>> NamesAsync()
    {
        var services = await installation.ServicesAsync();
        var people = (Community.PeopleStore)services.GetService(typeof(Community.PeopleStore))!;
        return (await people.ListAsync("default")).Select(p => p.Login);
    }
}
