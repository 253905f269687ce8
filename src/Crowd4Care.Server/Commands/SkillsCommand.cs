using System.CommandLine;
using Crowd4Care.Community.Skills;
using Crowd4Care.Server.Hosting;

namespace Crowd4Care.Server.Commands;

/// <summary><c>skills recompute</c>: computes all that was learned of skills again from the journal.</summary>
internal static class SkillsCommand
{
    public static Command Make()
    {
        var data = CommonOptions.Data();
        var recompute = new Command("recompute", "Forgets what was learned of skills and computes it again from the journal.") { data };
        recompute.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            await CrowdHost.PrepareAsync(host.Services, cancellationToken);
            await host.Services.GetRequiredService<SkillLedger>().RecomputeAsync(cancellationToken);
            return 0;
        });
        return new Command("skills", "Skills.") { recompute };
    }
}
