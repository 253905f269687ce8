using System.CommandLine;
using Crowd4Care.Community;
using Crowd4Care.Server.Hosting;

namespace Crowd4Care.Server.Commands;

/// <summary><c>points recompute</c>: computes all points again from the journal.</summary>
internal static class PointsCommand
{
    public static Command Make()
    {
        var data = CommonOptions.Data();
        var recompute = new Command("recompute", "Forgets all points and computes them again from the journal.") { data };
        recompute.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            await CrowdHost.PrepareAsync(host.Services, cancellationToken);
            var ledger = host.Services.GetRequiredService<PointsLedger>();
            await ledger.RecomputeAsync(cancellationToken);
            foreach (var brand in await host.Services.GetRequiredService<BrandStore>().ListAsync(cancellationToken))
            {
                foreach (var row in await ledger.LeaderboardAsync(brand.Id, DateTimeOffset.UnixEpoch, 1000, cancellationToken))
                    Console.WriteLine($"{brand.Id}\t{row.Rank}\t{row.Name}\t{row.Points}");
            }

            return 0;
        });
        return new Command("points", "Points.") { recompute };
    }
}
