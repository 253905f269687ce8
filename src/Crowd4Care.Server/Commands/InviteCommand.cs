using System.CommandLine;
using System.Globalization;
using Crowd4Care.Community;
using Crowd4Care.Server.Hosting;

namespace Crowd4Care.Server.Commands;

/// <summary><c>user invite --role R</c>: makes a link with which somebody makes their own account.</summary>
internal static class InviteCommand
{
    public static Command Make()
    {
        var role = UserCommand.RoleOption();
        var whom = new Option<string?>("--for") { Description = "For whom it is, for those who look at the list." };
        var days = new Option<int>("--days") { Description = $"How many days it is good for, 1 to {Invitations.MostDays}.", DefaultValueFactory = _ => Invitations.Days, HelpName = "N" };
        var url = new Option<string>("--url") { Description = "Where people reach the desk.", DefaultValueFactory = _ => "http://localhost:5000", HelpName = "U" };
        var brand = CommonOptions.Brand();
        var data = CommonOptions.Data();
        var invite = new Command("invite", "Makes a link for one account; it is printed on standard output and can't be shown again.") { role, whom, days, url, brand, data };
        invite.SetAction(async (parsed, cancellationToken) =>
        {
            var count = parsed.GetValue(days);
            if (count is < 1 or > Invitations.MostDays)
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--days {count} is not between 1 and {Invitations.MostDays}."));
            if (!Uri.TryCreate(parsed.GetValue(url), UriKind.Absolute, out var desk) || desk.Scheme is not ("http" or "https"))
                throw new UsageException($"--url \"{parsed.GetValue(url)}\" is not an address; one such as https://desk.example is expected.");

            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            await CrowdHost.PrepareAsync(host.Services, cancellationToken);
            await UserCommand.RequireBrandAsync(host.Services, parsed.GetValue(brand)!, cancellationToken);
            var (_, token) = await host.Services.GetRequiredService<Invitations>().InviteAsync(
                parsed.GetValue(brand)!, parsed.GetValue(role), parsed.GetValue(whom), count, null, cancellationToken);
            Console.WriteLine(new Uri(desk, $"/set-up?token={token}"));
            return 0;
        });
        return invite;
    }
}
