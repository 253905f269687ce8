using System.CommandLine;
using Crowd4Care.Community;
using Crowd4Care.Server.Hosting;
using Crowd4Care.Storage;

namespace Crowd4Care.Server.Commands;

/// <summary><c>key add --role R</c>: makes an API key and prints it, once.</summary>
internal static class KeyCommand
{
    public static Command Make()
    {
        var role = UserCommand.RoleOption();
        var name = new Option<string?>("--name") { Description = "What the key is for; made up if left out. Others see it as the name of who acts." };
        var skills = new Option<string[]>("--skill") { Description = "A skill such as lang:es=1; may be repeated.", HelpName = "KIND:VALUE=LEVEL" };
        var brand = CommonOptions.Brand();
        var data = CommonOptions.Data();
        var add = new Command("add", "Adds an API key; it is printed on standard output and can't be shown again.") { role, name, skills, brand, data };
        add.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            await CrowdHost.PrepareAsync(host.Services, cancellationToken);
            await UserCommand.RequireBrandAsync(host.Services, parsed.GetValue(brand)!, cancellationToken);

            // A key acts as somebody of its own: what it does stands in the journal under its name.
            var given = parsed.GetValue(name) ?? $"{parsed.GetValue(role).ToString().ToLowerInvariant()}-{Ids.New(host.Services.GetRequiredService<TimeProvider>()).ToString("N")[^8..]}";
            var person = await host.Services.GetRequiredService<PeopleStore>().AddAsync(
                new Person { BrandId = parsed.GetValue(brand)!, Login = $"key-{given}", Name = given, Role = parsed.GetValue(role) },
                UserCommand.Skills(parsed.GetValue(skills)), null, cancellationToken)
                ?? throw new UsageException($"--name \"{given}\" is taken by another key.");
            Console.WriteLine(await host.Services.GetRequiredService<AccessStore>().AddKeyAsync(person.Id, given, cancellationToken));
            return 0;
        });
        return new Command("key", "API keys.") { add };
    }
}
