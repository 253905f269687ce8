using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using MassTransit;

namespace Crowd4Care.Classification;

/// <summary>Scores received mentions: load, score, save, publish. Several messages are taken together, each carries many mentions.</summary>
public sealed class ClassifyMentions(
    Database database, MentionStore mentions, MentionLifecycle lifecycle, ScoreStore scores, IMentionClassifier classifier, BrandHeadStore brandHeads, MoodChanges moods,
    WakeUps wakeUps) : IConsumer<Batch<MentionsReceived>>
{
    // One transaction's worth.
    private const int ChunkSize = 1000;

    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<Batch<MentionsReceived>> context)
    {
        foreach (var ids in context.Message.SelectMany(m => m.Message.MentionIds).Distinct().Chunk(ChunkSize))
        {
            var classified = await ClassifyAsync(ids, context.CancellationToken);
            if (classified.Count > 0)
                await wakeUps.PublishAsync(new MentionsClassified { MentionIds = classified });
        }
    }

    private async Task<IReadOnlyList<Guid>> ClassifyAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var rows = (await mentions.TextsAsync(ids, cancellationToken)).Where(m => m.Status == MentionStatus.Received).ToList();
        var scored = rows
            .AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(Score)
            .ToList();
        if (scored.Count == 0)
            return [];

        var versions = rows.ToDictionary(m => m.Id, m => m.Version);
        var classified = await database.WriteAsync<IReadOnlyList<Guid>>(async transaction =>
        {
            var mine = await mentions.HoldAsync(transaction, versions);
            var kept = scored.FindAll(s => mine.Contains(s.Change.Change.MentionId));
            await scores.SaveAsync(transaction, kept.Select(s => s.Row));
            var changed = await lifecycle.ApplyAsync(transaction, kept.ConvertAll(s => s.Change));
            await moods.RecordAsync(transaction, kept
                .Where(s => s.FollowUp is not null && changed.ContainsKey(s.Change.Change.MentionId)).ToDictionary(s => s.Change.Change.MentionId, s => s.FollowUp!));
            return [.. changed.Keys];
        }, cancellationToken);
        CrowdMetrics.Classified([.. rows.IntersectBy(classified, m => m.Id).Select(m => m.ReceivedAt)]);
        CrowdTraces.Stage("classify", classified, started);
        return classified;
    }

    private ScoredMention Score(MentionText mention)
    {
        var score = classifier.Score(mention.Text, mention.Languages);
        if (brandHeads.Any(mention.BrandId))
            score = score with { Heads = [.. score.Heads, .. brandHeads.Score(mention.BrandId, mention.Text)] };
        return new(PreparedChange.Of(MentionChange.Classified(mention.Id, score)), ScoreStore.ToRow(mention.Id, score), mention.IsReply ? score : null);
    }

    // Only what answers a post can tell of a mood that changed.
    private sealed record ScoredMention(PreparedChange Change, PreparedRow Row, MentionScore? FollowUp);
}
