using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using Crowd4Care.Mentions;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>One thing done to many mentions: each by itself and by the rules for one, so that what can't be done stops nothing else.</summary>
internal sealed class BulkWork(ClaimDesk claims, StaffDesk staff, CorrectionStore corrections, MentionStore mentions)
{
    /// <summary>How many at once.</summary>
    public const int Most = 200;

    /// <summary>Does it to each, in this order.</summary>
    /// <param name="words">The advice of a hand-back, or the right topic.</param>
    public async Task<BulkResult> RunAsync(Person person, BulkAction action, IEnumerable<Guid> ids, string words, CancellationToken cancellationToken)
    {
        var done = new List<Guid>();
        var failed = new List<BulkFailure>();
        foreach (var id in ids.Distinct().Take(Most))
        {
            if (await DoAsync(person, action, id, words, cancellationToken) is not { } reason)
            {
                done.Add(id);
                continue;
            }

            // The name of what belongs to somebody else is not told.
            var mention = await mentions.FindAsync(id, cancellationToken) is { } found && found.BrandId == person.BrandId ? found : null;
            failed.Add(new BulkFailure(id, mention?.AuthorName ?? mention?.AuthorHandle, reason));
        }

        return new BulkResult(done, failed);
    }

    // Null when it was done.
    private async Task<string?> DoAsync(Person person, BulkAction action, Guid id, string words, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case BulkAction.Take:
                var claim = await claims.ClaimAsync(id, person.BrandId, person.Id, person.Role, cancellationToken);
                return claim.Outcome == ClaimOutcome.Claimed ? null : ActionWords.Explain(claim);
            case BulkAction.Release:
                return await claims.ReleaseAsync(id, person.BrandId, person.Id, cancellationToken) ? null : ActionWords.NotHeld;
            case BulkAction.HandBack:
                return Explain(await staff.HandBackAsync(id, person.BrandId, person.Id, words, cancellationToken));
            case BulkAction.Resolve:
                return Explain(await staff.ResolveAsync(id, person.BrandId, person.Id, person.Role, cancellationToken));
            default:
                var correction = await corrections.SaveAsync(id, person.BrandId, person.Id, person.Role, Heads.Topic, words, cancellationToken);
                return correction.Outcome == CorrectionOutcome.Saved ? null : ActionWords.Explain(correction.Outcome);
        }
    }

    private static string? Explain(StaffOutcome outcome) => outcome == StaffOutcome.Done ? null : ActionWords.Explain(outcome);
}

/// <summary>What can be done to many mentions at once.</summary>
internal enum BulkAction
{
    /// <summary>Take the exclusive right to answer.</summary>
    Take,

    /// <summary>Give a claim back to where it came from.</summary>
    Release,

    /// <summary>Give an escalation back to the crowd.</summary>
    HandBack,

    /// <summary>Close.</summary>
    Resolve,

    /// <summary>Say which topic is right.</summary>
    Topic,
}

/// <summary><c>hand-back</c> and the other names, as forms and programs write them.</summary>
internal static class BulkActionText
{
    /// <summary>Reads a name; null for one that is unknown.</summary>
    public static BulkAction? Read(string? name) => name switch
    {
        "take" => BulkAction.Take,
        "release" => BulkAction.Release,
        "hand-back" => BulkAction.HandBack,
        "resolve" => BulkAction.Resolve,
        "topic" => BulkAction.Topic,
        _ => null,
    };
}

/// <summary>What came of it.</summary>
/// <param name="Done">The mentions to which it was done.</param>
/// <param name="Failed">The others.</param>
internal sealed record BulkResult(IReadOnlyList<Guid> Done, IReadOnlyList<BulkFailure> Failed);

/// <summary>A mention to which it was not done.</summary>
/// <param name="MentionId">The mention.</param>
/// <param name="Author">Who wrote it; absent where there is no such mention.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record BulkFailure(Guid MentionId, string? Author, string Reason);
