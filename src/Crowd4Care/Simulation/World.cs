using Crowd4Care.Routing;

namespace Crowd4Care.Simulation;

/// <summary>
/// A crowd, what comes in, and what chance has in store: all that is the same for every policy. How people behave is stated here and nowhere else.
/// </summary>
internal sealed class World(ulong seed, IReadOnlyList<SimulatedAdvocate> advocates, IReadOnlyList<SimulatedMention> mentions)
{
    /// <summary>How long an offer lasts, in seconds: the product's default.</summary>
    public static readonly double OfferSeconds = Router.OfferTime.TotalSeconds;

    /// <summary>After how many seconds staff get what nobody took: the product's default.</summary>
    public static readonly double OverflowSeconds = Router.OverflowTime.TotalSeconds;

    private const double TopicShare = 0.7;
    private const double Acquaintance = 0.1;

    /// <summary>The advocates.</summary>
    public IReadOnlyList<SimulatedAdvocate> Advocates => advocates;

    /// <summary>What comes in, in the order of time.</summary>
    public IReadOnlyList<SimulatedMention> Mentions => mentions;

    /// <summary>The clock's time at a second of the day.</summary>
    public static DateTimeOffset Time(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    /// <summary>How well the answer would be, 0 to 1: mostly knowledge of the topic, then of the language, and a little more for who knows the customer.</summary>
    /// <param name="knows">Whether they answered its author before.</param>
    public static double Fit(SimulatedMention mention, SimulatedAdvocate advocate, bool knows) =>
        Math.Min(1, TopicShare * advocate.Topics[mention.Topic] + (1 - TopicShare) * advocate.Languages[mention.Language] + (knows ? Acquaintance : 0));

    /// <summary>The probability that the answer solves it.</summary>
    public static double Solves(double fit) => 0.05 + 0.9 * fit;

    /// <summary>Whether the answer solves it.</summary>
    public bool IsSolved(SimulatedMention mention, SimulatedAdvocate advocate, double fit) => Draw(mention, advocate, 0) < Solves(fit);

    /// <summary>
    /// What becomes of an offer. People take what they know about, more readily while they have nothing else; of those who don't, two in five say so.
    /// </summary>
    /// <param name="busy">The share of their places that is taken, 0 to 1.</param>
    public Reaction React(SimulatedMention mention, SimulatedAdvocate advocate, double fit, double busy)
    {
        var after = 40 * Math.Exp(0.8 * Normal(mention, advocate, 1));
        if (Draw(mention, advocate, 3) < (0.55 + 0.4 * fit) * (1 - 0.2 * busy))
            return after < OfferSeconds ? new Reaction(true, after) : new Reaction(false, OfferSeconds);
        return Draw(mention, advocate, 4) < 0.4 && after < OfferSeconds ? new Reaction(false, after) : new Reaction(false, OfferSeconds);
    }

    /// <summary>How many seconds an answer takes: who knows is quicker, who does several at once is slower.</summary>
    /// <param name="others">Other mentions that they have.</param>
    public double AnswerSeconds(SimulatedMention mention, SimulatedAdvocate advocate, double fit, int others) =>
        60 * (3 + 8 * (1 - fit)) * (1 + 0.15 * others) * Math.Exp(0.5 * Normal(mention, advocate, 5));

    private double Draw(SimulatedMention mention, SimulatedAdvocate advocate, int kind) => SeededRandom.Of(seed, mention.Index, advocate.Index, kind);

    private double Normal(SimulatedMention mention, SimulatedAdvocate advocate, int kind) =>
        SeededRandom.Normal(Draw(mention, advocate, kind), Draw(mention, advocate, kind + 1));
}

/// <summary>What becomes of an offer.</summary>
/// <param name="Accepts">Whether it is accepted.</param>
/// <param name="AfterSeconds">When; an offer that nobody reacts to ends when it runs out.</param>
internal readonly record struct Reaction(bool Accepts, double AfterSeconds);
