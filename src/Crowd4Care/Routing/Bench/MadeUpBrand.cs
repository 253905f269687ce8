using System.Globalization;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing.Bench;

/// <summary>Advocates, rules and mentions of a brand that does not exist: few languages and topics are common, many are rare.</summary>
internal sealed class MadeUpBrand(Random random)
{
    private const int SkillsEach = 8;

    private static readonly string[] Languages =
        ["en", "es", "pt", "fr", "de", "it", "nl", "pl", "tr", "ja", "ko", "sv", "da", "fi", "nb", "cs", "ro", "hu", "el", "uk"];

    private static readonly string[] Topics =
        [.. new[] { "other", "delivery", "billing", "technical", "product", "account", "returns", "praise" }, .. Numbered("topic", 32)];

    private static readonly string[] Products = Numbered("product:p", 60);

    private static readonly string[] Networks = ["bluesky", "mastodon", "x", "facebook", "instagram", "reddit"];

    private static readonly string[] Syllables = ["ka", "lo", "mi", "ren", "tas", "vo", "be", "dun", "fi", "gor", "hal", "ju", "nel", "po", "sar", "wex"];

    private int made;

    public Candidate Advocate(int number)
    {
        var skills = new Dictionary<string, double>();
        for (var languages = random.Next(1, 4); languages > 0; languages--)
            skills[Skill.Language(Pick(Languages))] = Level();
        while (skills.Count < SkillsEach)
            skills[random.Next(3) == 0 ? Pick(Products) : Skill.Topic(Pick(Topics))] = Level();
        var name = string.Create(CultureInfo.InvariantCulture, $"advocate{number}");
        return new Candidate
        {
            Id = NextId(),
            Name = name,
            Login = name,
            Trust = random.Next(5),
            Capacity = random.Next(2, 7),
            Load = random.Next(3),
            LastOfferAt = DateTimeOffset.UnixEpoch.AddSeconds(-random.Next(100_000)),
            IsAway = random.Next(10) == 0,
            Skills = skills,
        };
    }

    public RoutableMention Mention() => new()
    {
        Row = new MentionRow
        {
            Id = NextId(),
            BrandId = "brand",
            Network = Pick(Networks),
            ExternalId = Word(),
            ConversationId = NextId(),
            AuthorId = Word(),
            AuthorHandle = Word(),
            AuthorFollowers = random.Next(20_000),
            Text = string.Join(' ', Enumerable.Range(0, random.Next(8, 35)).Select(_ => Word())),
            CreatedAt = DateTimeOffset.UnixEpoch,
            ReceivedAt = DateTimeOffset.UnixEpoch,
            Status = MentionStatus.Classified,
            StatusAt = DateTimeOffset.UnixEpoch,
            Relation = PostRelation.Mention,
        },
        Score = new MentionScore
        {
            ModelVersion = "made up",
            Heads =
            [
                Score(Heads.Language, Pick(Languages)), Score(Heads.Topic, Pick(Topics)), Score(Heads.Sentiment, random.Next(2) == 0 ? "negative" : "positive"),
                Score(Heads.Anger, random.Next(4) == 0 ? Heads.Anger : "calm"),
            ],
        },
    };

    public RuleSet Rules(int count) => new()
    {
        Rules =
        [
            .. Enumerable.Range(1, Math.Max(0, count - 1)).Select(Rule),
            new Rule { Id = "everything-else", Then = new RuleAction { Action = RuleActionKind.Offer, Skills = null } },
        ],
    };

    // Two parts that seldom hold together, as in rules for a product, a country, a campaign.
    private Rule Rule(int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"rule-{number}"),
        When = new Condition { All = [Common(), Seldom()] },
        Then = random.Next(5) switch
        {
            0 => new RuleAction { Action = RuleActionKind.SetPriority, Priority = random.Next(1, 20) },
            1 => new RuleAction { Action = RuleActionKind.Escalate },
            2 => new RuleAction { Action = RuleActionKind.Offer, Trust = random.Next(3) },
            _ => new RuleAction { Action = RuleActionKind.Offer, Skills = [new RequiredSkill { Skill = Pick(Products), AtLeast = 0.4 }] },
        },
    };

    private Condition Common() => random.Next(3) switch
    {
        0 => new Condition { Language = [Pick(Languages), Pick(Languages)] },
        1 => new Condition { Network = [Pick(Networks)] },
        _ => new Condition { Score = new ScoreCondition { Head = Heads.Topic, Label = Pick(Topics) } },
    };

    private Condition Seldom() => random.Next(3) switch
    {
        0 => new Condition { Text = new TextCondition { ContainsAny = [Phrase(), Phrase(), Phrase()] } },
        1 => new Condition { Author = new AuthorCondition { FollowersAtLeast = 19_990 } },
        _ => new Condition { Score = new ScoreCondition { Head = Heads.Anger, Label = Heads.Anger, AtLeast = 0.999 } },
    };

    private static Score Score(string head, string label) => new() { Head = head, Label = label, Probability = 0.9 };

    private string Phrase() => $"{Word()} {Word()}";

    private string Word() => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]));

    // The first is asked for most, as people and posts have it.
    private string Pick(string[] words) => words[Math.Min(words.Length - 1, (int)(words.Length * Math.Pow(random.NextDouble(), 2.5)))];

    private double Level() => Math.Round(0.2 + (0.8 * random.NextDouble()), 2);

    private Guid NextId()
    {
        made++;
        return new Guid(made, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
    }

    private static string[] Numbered(string word, int count) => [.. Enumerable.Range(1, count).Select(n => string.Create(CultureInfo.InvariantCulture, $"{word}{n}"))];
}
