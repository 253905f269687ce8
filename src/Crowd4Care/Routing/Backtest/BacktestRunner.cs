using System.Collections.Concurrent;
using Crowd4Care.Storage;

namespace Crowd4Care.Routing.Backtest;

/// <summary>
/// Runs a draft of the rules over stored mentions and compares it with the published rules, so that nobody has to change rules in fear. Nothing
/// is stored. Both sets judge each mention as if it had just come, with what its conversation and its
/// author had been through by then, the scores it has and the community of today.
/// </summary>
public sealed class BacktestRunner(RuleSetStore published, PastMentions past, TimeProvider clock) : IDisposable
{
    private const int PageSize = 1000;

    // Each uses all cores: two at a time are both late.
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Compares a draft with the rules in force.</summary>
    public async Task<BacktestReport> RunAsync(string brandId, RuleSet draft, BacktestPeriod period, CancellationToken cancellationToken = default)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var started = clock.GetTimestamp();
            var (after, end) = Bounds(period);
            var (rules, version) = await published.PublishedAsync(brandId, cancellationToken);
            var judge = new Judge(
                rules, draft, await past.OwnAccountsAsync(brandId, cancellationToken), new QualifiedAdvocates(await past.AdvocatesAsync(brandId, cancellationToken)), cancellationToken);
            var tally = await TallyAsync(judge, BacktestTally.Of(rules, draft), past.FactsFor(rules, draft), brandId, after, end, cancellationToken);
            var deleted = await past.DeletedAsync(brandId, after, end, cancellationToken);
            var answerTime = await past.AnswerTimeAsync(brandId, cancellationToken);
            return tally.ToReport(period, version, deleted, answerTime, clock.GetElapsedTime(started));
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    // The next page is read while this one is judged. SQLite reads on the thread that asks.
    private async Task<BacktestTally> TallyAsync(
        Judge judge, BacktestTally tally, PastFacts facts, string brandId, Guid after, Guid end, CancellationToken cancellationToken)
    {
        var reading = ReadAsync(after);
        while (reading is not null)
        {
            var page = await reading;
            reading = page.Last is { } last ? ReadAsync(last) : null;
            tally.AddUnscored(page.Unscored);
            tally.Merge(judge.Of(page.Mentions));
        }

        return tally;

        Task<PastPage> ReadAsync(Guid from) => Task.Run(() => past.PageAsync(brandId, from, end, PageSize, facts, cancellationToken), cancellationToken);
    }

    // Ids are in the order in which mentions were received.
    private static (Guid After, Guid End) Bounds(BacktestPeriod period) =>
        (period.From is { } from && from > DateTimeOffset.UnixEpoch ? Ids.FirstOf(from) : Guid.Empty,
         period.To is not { } to ? Guid.AllBitsSet : to > DateTimeOffset.UnixEpoch ? Ids.FirstOf(to) : Guid.Empty);

    private sealed class Judge(RuleSet before, RuleSet after, IReadOnlySet<string> ownAccounts, QualifiedAdvocates advocates, CancellationToken cancellationToken)
    {
        private readonly ConcurrentDictionary<RuleAction, ActionFacts> actions = new(ReferenceEqualityComparer.Instance);

        public BacktestTally Of(IReadOnlyList<PastMention> mentions) => mentions.AsParallel().WithCancellation(cancellationToken).Aggregate(
            () => new BacktestTally(),
            (tally, past) =>
            {
                var mention = past.ToRoutable(ownAccounts);
                return tally.Add(mention, Ask(before, mention), Ask(after, mention));
            },
            (one, other) => one.Merge(other),
            tally => tally);

        private Outcome Ask(RuleSet rules, RoutableMention mention)
        {
            var match = RuleEvaluator.Evaluate(rules, mention);
            var action = actions.GetOrAdd(match.Action, a => new ActionFacts(a));
            return new Outcome(match.RuleId, action, match.Priority, action.IsOffer ? advocates.Of(mention, action) : null);
        }
    }
}
