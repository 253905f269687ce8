namespace Crowd4Care.Community.Skills;

/// <summary>
/// How outcomes of a brand go with declarations: who declares <c>d</c> does well in a share of <c>AtZero + Slope · d</c> of all that comes to them. Outcomes
/// and declarations are different scales, and this line leads from one to the other: who does better than others with the same declaration knows more than
/// they said. Pure.
/// </summary>
/// <param name="AtZero">The share of successes that a declaration of 0 lets expect, 0 to 1.</param>
/// <param name="Slope">By how much a declaration of 1 lets expect more, above 0.</param>
/// <param name="Spread">How far declarations are from the truth: a standard deviation on the scale of declarations.</param>
/// <param name="Chance">How much chance is in an outcome of weight 1: a variance on the scale of outcomes, up to 0.25.</param>
public sealed record OutcomeLine(double AtZero, double Slope, double Spread, double Chance)
{
    /// <summary>What holds in a brand of which nothing is known yet.</summary>
    public static OutcomeLine Default { get; } = new(0.4, 0.5, 0.15, 0.2);

    private const double Middle = 0.5;
    private const double Surest = 0.98;
    private const int Rounds = 8;

    // How sure the default is: standard deviations of its height at a declaration of one half and of its slope; and how many people its spread, how many outcomes its chance is worth.
    private const double HeightError = 0.1;
    private const double SlopeError = 0.2;
    private const double SpreadStrength = 20;

    private const double LeastSlope = 0.1;
    private const double LeastSpread = 0.03;
    private const double MostSpread = 0.35;
    private const double LeastChance = 0.05;

    /// <summary>The share of successes that a declaration lets expect; never quite sure.</summary>
    /// <param name="declared">0 to 1.</param>
    public double Expected(double declared) => Math.Clamp(AtZero + (Slope * declared), 1 - Surest, Surest);

    /// <summary>
    /// The line of a brand: regression with two sources of error (how far declarations are off, and chance in outcomes), each person counting by how much is
    /// known of them (R. DerSimonian, N. Laird: Meta-analysis in clinical trials, 1986), drawn towards <see cref="Default"/> as by earlier observations.
    /// </summary>
    /// <param name="people">What is known of each person in a skill; who has no outcomes doesn't count.</param>
    public static OutcomeLine Fit(IEnumerable<DeclaredEvidence> people)
    {
        var line = Default;
        var known = people.Where(p => p.Succeeded + p.Failed > 0).ToList();
        for (var round = 0; round < Rounds; round++)
            line = line.Better(known);
        return line;
    }

    private OutcomeLine Better(List<DeclaredEvidence> people)
    {
        var between = Slope * Slope * Spread * Spread;
        // The normal equations of height and slope, beginning with what the default says of them.
        var (one, x, xx) = (1 / (HeightError * HeightError), 0.0, 1 / (SlopeError * SlopeError));
        var (y, xy) = (one * (Default.AtZero + (Default.Slope * Middle)), xx * Default.Slope);
        var (mass, square) = (SpreadStrength / (between * between), SpreadStrength / (between * between) * Slope * Slope * Default.Spread * Default.Spread);
        var (all, variance) = (SpreadStrength, SpreadStrength * Default.Chance);
        foreach (var (declared, succeeded, failed) in people)
        {
            var weight = succeeded + failed;
            var (share, expected, at) = (succeeded / weight, Expected(declared), declared - Middle);
            var chance = Chance / weight;
            var counts = 1 / (between + chance);
            (one, x, xx) = (one + counts, x + (counts * at), xx + (counts * at * at));
            (y, xy) = (y + (counts * share), xy + (counts * at * share));
            mass += counts * counts;
            square += counts * counts * (((share - expected) * (share - expected)) - chance);
            (all, variance) = (all + weight, variance + (weight * expected * (1 - expected)));
        }

        var slope = Math.Clamp(((one * xy) - (x * y)) / ((one * xx) - (x * x)), LeastSlope, 1);
        var height = (y - (slope * x)) / one;
        var spread = Math.Sqrt(Math.Max(0, square / mass)) / slope;
        return new(height - (slope * Middle), slope, Math.Clamp(spread, LeastSpread, MostSpread), Math.Max(LeastChance, variance / all));
    }
}

/// <summary>What somebody declared of a skill, and what came of their answers.</summary>
/// <param name="Declared">0 to 1.</param>
/// <param name="Succeeded">What their successes weigh today.</param>
/// <param name="Failed">What their failures weigh today.</param>
public readonly record struct DeclaredEvidence(double Declared, double Succeeded, double Failed)
{
    /// <summary>As of a time.</summary>
    public static DeclaredEvidence Of(double declared, SkillEvidence evidence, DateTimeOffset now)
    {
        var (succeeded, failed) = evidence.At(now);
        return new(declared, succeeded, failed);
    }
}
