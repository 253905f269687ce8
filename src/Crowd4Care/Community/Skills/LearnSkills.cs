using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Community.Skills;

/// <summary>Keeps what is known of skills up to date with the journal and with time.</summary>
public sealed class LearnSkills(SkillLedger ledger, OutcomeLineStore lines, SkillStore skills, Leases leases, TimeProvider clock, ILogger<LearnSkills> logger) : Sweep(leases, clock, logger)
{
    private const int FadeAtOnce = 500;

    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await ledger.CatchUpAsync(cancellationToken) || await lines.RefitAsync(cancellationToken) || await skills.FadeAsync(FadeAtOnce, cancellationToken))
        {
            // Batch by batch, so that others can write in between.
        }
    }
}
