using System.CommandLine;
using Crowd4Care.Server.Hosting;

namespace Crowd4Care.Server.Commands;

/// <summary><c>serve</c>: runs everything in one process.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var urls = new Option<string?>("--urls") { Description = "Where to listen, such as http://localhost:5000.", HelpName = "U" };
        var data = CommonOptions.Data();
        var demo = new Option<bool>("--demo") { Description = "Adds a demo brand with people, rules and a stream of sample mentions; sign-in with one click." };
        var command = new Command("serve", "Runs the server.") { urls, data, demo };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = parsed.Settings(data);
            if (parsed.GetValue(urls) is { } given)
                settings["urls"] = given;
            return CrowdServer.RunAsync(settings, parsed.GetValue(demo), cancellationToken);
        });
        return command;
    }
}
