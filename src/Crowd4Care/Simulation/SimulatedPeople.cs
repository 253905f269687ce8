using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Simulation;

/// <summary>An advocate of a simulated crowd: what is true of them, and what the product knows.</summary>
internal sealed record SimulatedAdvocate
{
    /// <summary>Counts from 0.</summary>
    public required int Index { get; init; }

    /// <summary>True skill in each topic, 0 to 1.</summary>
    public required IReadOnlyList<double> Topics { get; init; }

    /// <summary>True skill in each language, 0 to 1; 0 is not at all. Which languages somebody speaks is known, how well is not.</summary>
    public required IReadOnlyList<double> Languages { get; init; }

    /// <summary>Whether they joined lately: fewer skills are declared, with less certainty.</summary>
    public required bool IsNewcomer { get; init; }

    /// <summary>When the daily shift begins, in hours of the day.</summary>
    public required double ShiftStart { get; init; }

    /// <summary>How long it is, in hours, under 24.</summary>
    public required double ShiftHours { get; init; }

    /// <summary>What the product knows, with the load now.</summary>
    public required Candidate Known { get; init; }
}

/// <summary>A mention that somebody will write.</summary>
internal sealed class SimulatedMention
{
    /// <summary>Counts from 0 in the order of arrival.</summary>
    public required int Index { get; init; }

    /// <summary>When it comes, in seconds.</summary>
    public required double At { get; init; }

    /// <summary>Its topic's index.</summary>
    public required int Topic { get; init; }

    /// <summary>Its language's index.</summary>
    public required int Language { get; init; }

    /// <summary>Who wrote it.</summary>
    public required int Author { get; init; }
}

/// <summary>A mention in the course of a run.</summary>
internal sealed class WaitingMention
{
    private readonly Dictionary<Guid, string> offered = [];

    /// <summary>A mention that just came in.</summary>
    /// <param name="answeredAuthor">Who answered its author before; grows during the run.</param>
    public WaitingMention(SimulatedMention mention, IReadOnlyDictionary<Guid, int> answeredAuthor)
    {
        Mention = mention;
        Known = new RoutableMention
        {
            Row = RowOf(mention),
            Score = new MentionScore
            {
                ModelVersion = "simulated",
                Heads =
                [
                    new Score { Head = Heads.Language, Label = CrowdMaker.Languages[mention.Language], Probability = 1 },
                    new Score { Head = Heads.Topic, Label = CrowdMaker.Topics[mention.Topic], Probability = 1 },
                ],
            },
            OfferedBefore = offered,
            OverflowAt = World.Time(mention.At + World.OverflowSeconds),
            AnsweredAuthorBefore = answeredAuthor,
        };
    }

    /// <summary>What it is.</summary>
    public SimulatedMention Mention { get; }

    /// <summary>What the product knows of it.</summary>
    public RoutableMention Known { get; }

    /// <summary>Whether it is with the crowd and offered to nobody.</summary>
    public bool IsWaiting { get; set; } = true;

    /// <summary>Whether an advocate claimed it, or staff got it.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Notes that somebody was asked, who is not asked again.</summary>
    public void Ask(Guid advocate) => offered[advocate] = "expired";

    private static MentionRow RowOf(SimulatedMention mention) => new()
    {
        Id = new Guid(mention.Index + 1, 1, 0, new byte[8]),
        BrandId = "simulated",
        Network = "simulated",
        ExternalId = "",
        ConversationId = default,
        AuthorId = "",
        AuthorHandle = "customer",
        Text = "",
        Relation = PostRelation.Mention,
        CreatedAt = default,
        ReceivedAt = default,
        Status = MentionStatus.Open,
        StatusAt = default,
    };
}
