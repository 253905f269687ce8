using System.CommandLine;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Hosting;

namespace Crowd4Care.Server.Commands;

/// <summary><c>serve</c>: runs everything in one process, or some of it beside other processes.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var urls = new Option<string?>("--urls") { Description = "Where to listen, such as http://localhost:5000.", HelpName = "U" };
        var data = CommonOptions.Data();
        var roles = new Option<string?>("--roles") { Description = $"What this process does, of {string.Join(',', ProcessRoleNames.Known)}; everything if left out.", HelpName = "R" };
        var demo = new Option<bool>("--demo") { Description = "Adds a demo brand with people, rules and a stream of sample mentions; sign-in with one click." };
        var command = new Command("serve", "Runs the server.") { urls, data, roles, demo };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = parsed.Settings(data);
            if (parsed.GetValue(urls) is { } given)
                settings["urls"] = given;
            if (parsed.GetValue(roles) is { } some)
                settings["Roles"] = some;
            return CrowdServer.RunAsync(settings, parsed.GetValue(demo), cancellationToken);
        });
        return command;
    }
}
