using Crowd4Care.Bus;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.State;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Server.Hosting;

/// <summary>What the server says when it has started: where it is, and how the first person gets in.</summary>
internal static class Welcome
{
    public static async Task SayAsync(WebApplication app, ProcessRoles roles, bool demo, CancellationToken cancellationToken)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
        Console.WriteLine($"Crowd4Care is at {address}");
        if (roles != ProcessRoles.All)
            Console.WriteLine($"This process does: {ProcessRoleNames.Write(roles)}.");
        if (app.Services.GetRequiredService<IOptions<BusOptions>>().Value.IsShared && app.Services.GetService<RedisLink>() is null)
            Console.WriteLine("State:Redis is not set: processes don't know who is at the desks of the others. That is right for one process only.");
        if (!roles.HasFlag(ProcessRoles.Web))
            return;

        if (demo)
        {
            Console.WriteLine("This is the demo: sign in with one click as an advocate, an agent or an admin. Nothing is posted to any network.");
            return;
        }

        if (await app.Services.GetRequiredService<PeopleStore>().AnyAsync(cancellationToken))
            return;

        var token = await app.Services.GetRequiredService<AccessStore>().AddLinkAsync(BrandStore.DefaultId, Role.Admin, cancellationToken);
        Console.WriteLine($"Make the first account here (one use, good for a day): {address}/set-up?token={token}");
    }
}
