using System.CommandLine;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Hosting;
using Microsoft.AspNetCore.Identity;

namespace Crowd4Care.Server.Commands;

/// <summary><c>user add</c>: makes an account.</summary>
internal static class UserCommand
{
    public static Command Make()
    {
        var login = new Argument<string>("LOGIN") { Description = "The name to sign in with." };
        var role = RoleOption();
        var name = new Option<string?>("--name") { Description = "The name that others see; the login name if left out." };
        var password = new Option<string?>("--password") { Description = "At least 10 characters; read from standard input if left out." };
        var skills = new Option<string[]>("--skill") { Description = "A skill such as lang:es=1 or topic:billing=0.7; may be repeated.", HelpName = "KIND:VALUE=LEVEL" };
        var brand = CommonOptions.Brand();
        var data = CommonOptions.Data();
        var add = new Command("add", "Adds a person who signs in with a password.") { login, role, name, password, skills, brand, data };
        add.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            await CrowdHost.PrepareAsync(host.Services, cancellationToken);
            await RequireBrandAsync(host.Services, parsed.GetValue(brand)!, cancellationToken);
            var known = Skills(parsed.GetValue(skills));
            var secret = parsed.GetValue(password) ?? await Console.In.ReadLineAsync(cancellationToken) ?? "";
            // The name as it was written is shown; to sign in, upper and lower case are the same.
            var person = new Person
            {
                BrandId = parsed.GetValue(brand)!, Login = parsed.GetValue(login)!.Trim().ToLowerInvariant(),
                Name = parsed.GetValue(name) ?? parsed.GetValue(login)!,
                Role = parsed.GetValue(role),
            };
            using var scope = host.Services.CreateScope();
            var result = await scope.ServiceProvider.GetRequiredService<UserManager<Person>>().CreateAsync(person, secret);
            if (!result.Succeeded)
                throw new UsageException(string.Join(" ", result.Errors.Select(e => e.Description)));

            await SetSkillsAsync(host.Services, person.Login, known, cancellationToken);
            Console.WriteLine($"{person.Login} can sign in as {person.Role.ToString().ToLowerInvariant()}.");
            return 0;
        });
        return new Command("user", "People.") { add, InviteCommand.Make(), SuspendCommand.Make(), SuspendCommand.MakeReinstate() };
    }

    /// <summary>The role option, with the known roles in its errors.</summary>
    internal static Option<Role> RoleOption()
    {
        var option = new Option<Role>("--role") { Description = "advocate, agent or admin.", Required = true, HelpName = "R" };
        option.CustomParser = result =>
        {
            if (Enum.TryParse<Role>(result.Tokens[0].Value, ignoreCase: true, out var role) && !char.IsDigit(result.Tokens[0].Value[0]))
                return role;

            result.AddError($"--role \"{result.Tokens[0].Value}\" is unknown; advocate, agent or admin is expected.");
            return default;
        };
        return option;
    }

    /// <summary>Skills as the command line writes them.</summary>
    internal static IReadOnlyList<PersonSkill> Skills(string[]? given) =>
    [
        .. (given ?? []).Select(text =>
        {
            var parts = text.Split('=', 2);
            var level = 1.0;
            if (!Skill.IsValid(parts[0]) || (parts.Length == 2
                && !(double.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out level) && level is >= 0 and <= 1)))
                throw new UsageException($"--skill \"{text}\" is not a skill; kind:value=level is expected, with a level of 0 to 1, such as topic:billing=0.7.");
            return new PersonSkill(parts[0], level);
        }),
    ];

    /// <summary>Gives somebody just added their skills.</summary>
    internal static async Task SetSkillsAsync(IServiceProvider services, string login, IReadOnlyList<PersonSkill> skills, CancellationToken cancellationToken)
    {
        var people = services.GetRequiredService<PeopleStore>();
        if (skills.Count > 0 && await people.FindByNameAsync(login, cancellationToken) is { } person)
            await people.ChangeAsync(person.Id, person.BrandId, person.Name, person.Role, person.Trust, person.Capacity, skills, null, cancellationToken);
    }

    /// <summary>An unknown brand is an error that lists the known ones.</summary>
    internal static async Task RequireBrandAsync(IServiceProvider services, string brand, CancellationToken cancellationToken)
    {
        var known = await services.GetRequiredService<BrandStore>().ListAsync(cancellationToken);
        if (known.All(b => b.Id != brand))
            throw new UsageException($"--brand \"{brand}\" is unknown; one of {string.Join(", ", known.Select(b => b.Id))} is expected.");
    }
}
