namespace Crowd4Care.Community.Skills;

/// <summary>What came of an advocate's claim.</summary>
/// <param name="Attempt">Number of the journal entry of the claim.</param>
/// <param name="PersonId">Who had it.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Weight">−1 to 1; above zero it speaks for their skill, below against it.</param>
/// <param name="At">When that was known.</param>
public sealed record SkillOutcome(long Attempt, Guid PersonId, string Rule, double Weight, DateTimeOffset At)
{
    /// <summary>A rule in words.</summary>
    public static string Reason(string rule) => rule switch
    {
        SkillRules.Thanked => "The customer was thankful",
        SkillRules.MoodBetter => "The customer's mood got better",
        SkillRules.MoodSame => "The customer came back, in the same mood",
        SkillRules.MoodWorse => "The customer came back, in a worse mood",
        SkillRules.ResolvedByOthers => "Somebody else closed it after the answer",
        SkillRules.ResolvedBySelf => "Closed after the answer",
        SkillRules.ClaimExpired => "The claim ran out",
        SkillRules.HandedOverLate => "Handed to staff late",
        _ => rule,
    };
}

/// <summary>A skill that a mention asked for.</summary>
/// <param name="Skill"><c>kind:value</c>.</param>
/// <param name="Share">How much an outcome says of it, 0 to 1.</param>
public sealed record AskedSkill(string Skill, double Share);
