namespace Crowd4Care.Community.Skills;

/// <summary>
/// What outcomes say of somebody's skill, as sums that don't depend on when or in which order they are made: every outcome weighs what it would
/// weigh at one fixed time, and only what is read from the sums decays.
/// </summary>
/// <param name="Succeeded">Weights of the successes at <see cref="SkillRules.ReferenceTime"/>.</param>
/// <param name="Failed">Weights of the failures then.</param>
/// <param name="Outcomes">How many outcomes there were.</param>
public readonly record struct SkillEvidence(double Succeeded, double Failed, int Outcomes)
{
    /// <summary>The evidence of one outcome.</summary>
    /// <param name="weight">−1 to 1; above zero it speaks for the skill.</param>
    /// <param name="at">When it happened.</param>
    public static SkillEvidence Of(double weight, DateTimeOffset at)
    {
        var mass = Math.Abs(weight) * double.Exp2((at - SkillRules.ReferenceTime) / SkillRules.HalfLife);
        return weight > 0 ? new(mass, 0, 1) : new(0, mass, 1);
    }

    /// <summary>Both together.</summary>
    public static SkillEvidence operator +(SkillEvidence left, SkillEvidence right) =>
        new(left.Succeeded + right.Succeeded, left.Failed + right.Failed, left.Outcomes + right.Outcomes);

    /// <summary>What is left when some of it turns out not to be so.</summary>
    public static SkillEvidence operator -(SkillEvidence left, SkillEvidence right) =>
        new(left.Succeeded - right.Succeeded, left.Failed - right.Failed, left.Outcomes - right.Outcomes);

    /// <summary>What it weighs at a time.</summary>
    public (double Succeeded, double Failed) At(DateTimeOffset time)
    {
        // Nothing is left of a sum whose outcomes were all taken back, but for what rounding leaves.
        if (Outcomes <= 0)
            return (0, 0);

        var decay = double.Exp2((SkillRules.ReferenceTime - time) / SkillRules.HalfLife);
        return (Math.Max(0, Succeeded * decay), Math.Max(0, Failed * decay));
    }
}
