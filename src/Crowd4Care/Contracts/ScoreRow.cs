namespace Crowd4Care.Contracts;

/// <summary>The score of a mention as it stands in its row.</summary>
public sealed record ScoreRow
{
    /// <summary>The columns of <c>scores</c> that it is read from.</summary>
    public const string Columns = "mention_id, model_version, heads";

    /// <summary>The mention.</summary>
    public required Guid MentionId { get; init; }

    /// <inheritdoc cref="MentionScore.ModelVersion"/>
    public required string ModelVersion { get; init; }

    /// <summary>Its scores, see <see cref="ScoreColumn"/>.</summary>
    public required string Heads { get; init; }

    /// <summary>The score.</summary>
    public MentionScore ToScore() => new() { ModelVersion = ModelVersion, Heads = ScoreColumn.Read(Heads) };
}
