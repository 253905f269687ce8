using System.CommandLine;
using Crowd4Care.Community;
using Crowd4Care.Server.Hosting;

namespace Crowd4Care.Server.Commands;

/// <summary><c>user suspend LOGIN --reason TEXT</c> and <c>user reinstate LOGIN</c>.</summary>
internal static class SuspendCommand
{
    public static Command Make()
    {
        var reason = new Option<string>("--reason") { Description = "Why; they read it when they try to sign in.", Required = true, HelpName = "TEXT" };
        return Make("suspend", "Suspends a person: they can't sign in, and what they had claimed is free again.", reason);
    }

    public static Command MakeReinstate() => Make("reinstate", "Lifts a suspension.", null);

    private static Command Make(string name, string description, Option<string>? reason)
    {
        var login = new Argument<string>("LOGIN") { Description = "The name that they sign in with." };
        var data = CommonOptions.Data();
        var command = new Command(name, description) { login, data };
        if (reason is not null)
            command.Add(reason);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var why = reason is null ? null : parsed.GetValue(reason);
            if (reason is not null && string.IsNullOrWhiteSpace(why))
                throw new UsageException("--reason is empty; a few words are expected.");

            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            await CrowdHost.PrepareAsync(host.Services, cancellationToken);
            var person = await host.Services.GetRequiredService<PeopleStore>().FindByNameAsync(parsed.GetValue(login)!, cancellationToken)
                ?? throw new UsageException($"LOGIN \"{parsed.GetValue(login)}\" is nobody's.");
            var returned = await host.Services.GetRequiredService<Suspensions>().SuspendAsync(person.Id, person.BrandId, why?.Trim(), null, cancellationToken);
            Console.WriteLine(why is null ? $"{person.Login} can sign in again." : $"{person.Login} is suspended; {returned} claims went back.");
            return 0;
        });
        return command;
    }
}
