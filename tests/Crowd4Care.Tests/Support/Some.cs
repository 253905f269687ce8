using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Routing;
using Crowd4Care.Storage;

namespace Crowd4Care.Tests.Support;

/// <summary>Arbitrary valid values. A test names only what it is about.</summary>
internal static class Some
{
    private static int number;

    public static DateTimeOffset Noon { get; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static Guid Id() => Ids.New(TimeProvider.System);

    public static int Number() => Interlocked.Increment(ref number);

    public static string Word(string kind = "word") => $"{kind}-{Number()}";

    public static PostAuthor Author(string? handle = null, int? followers = null)
    {
        var known = handle ?? Word("customer");
        return new PostAuthor($"id-of-{known}", known, $"Name of {known}", followers);
    }

    public static NetworkPost Post(string? id = null, string? inReplyTo = null, PostAuthor? author = null, string? text = null) => new()
    {
        Network = ScriptedNetwork.NetworkName,
        ExternalId = id ?? Word("post"),
        Author = author ?? Author(),
        Text = text ?? "My router drops the connection every evening.",
        CreatedAt = Noon,
        InReplyTo = inReplyTo,
    };

    public static MentionScore Score(params (string Head, string Label, double Probability)[] heads) => new()
    {
        ModelVersion = "test-1",
        Heads =
        [
            .. heads.Select(h => new Score { Head = h.Head, Label = h.Label, Probability = h.Probability }),
            .. Calm.Where(c => heads.All(h => h.Head != c.Head)),
        ],
    };

    public static MentionRow Row(
        MentionStatus status = MentionStatus.Classified, string text = "My router drops the connection.", string handle = "customer", int? followers = null,
        string network = ScriptedNetwork.NetworkName, bool isRepost = false, string? inReplyTo = null) => new()
    {
        Id = Id(),
        BrandId = "default",
        Network = network,
        ExternalId = Word("post"),
        ConversationId = Id(),
        AuthorId = $"id-of-{handle}",
        AuthorHandle = handle,
        AuthorFollowers = followers,
        Text = text,
        IsRepost = isRepost,
        InReplyTo = inReplyTo,
        Relation = PostRelation.Mention,
        CreatedAt = Noon,
        ReceivedAt = Noon,
        Status = status,
        StatusAt = Noon,
    };

    public static RoutableMention Mention(MentionRow? row = null, MentionScore? score = null) => new() { Row = row ?? Row(), Score = score ?? Score() };

    public static Candidate Candidate(
        string? name = null, int capacity = 3, int load = 0, int trust = 1, DateTimeOffset? lastOfferAt = null, int offersNow = 0, bool isAway = false, Guid? id = null,
        params (string Skill, double Level)[] skills) => new()
    {
        Id = id ?? Id(),
        Name = name ?? Word("advocate"),
        Login = name ?? Word("login"),
        Trust = trust,
        Capacity = capacity,
        Load = load,
        LastOfferAt = lastOfferAt,
        OffersNow = offersNow,
        IsAway = isAway,
        Skills = skills.Append(("lang:en", 1)).DistinctBy(s => s.Item1).ToDictionary(s => s.Item1, s => s.Item2),
    };

    private static IReadOnlyList<Score> Calm { get; } =
    [
        new() { Head = Heads.Language, Label = "en", Probability = 0.99 },
        new() { Head = Heads.Sentiment, Label = "neutral", Probability = 0.8 },
        new() { Head = Heads.Anger, Label = "calm", Probability = 0.9 },
        new() { Head = Heads.Toxicity, Label = "clean", Probability = 0.98 },
        new() { Head = Heads.Topic, Label = "billing", Probability = 0.7 },
    ];
}
