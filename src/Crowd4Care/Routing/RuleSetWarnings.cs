namespace Crowd4Care.Routing;

/// <summary>
/// Finds what is allowed and can hardly be meant: rules that never match or are never reached, names that nothing uses, heads and labels that
/// don't exist. Only what is proved is said.
/// </summary>
public static class RuleSetWarnings
{
    /// <summary>The warnings of a rule set without mistakes.</summary>
    /// <param name="set">The rule set.</param>
    /// <param name="heads">The labels of each head that scores have; without it heads and labels are not looked at.</param>
    public static IReadOnlyList<RuleSetWarning> Of(RuleSet set, IReadOnlyDictionary<string, IReadOnlyList<string>>? heads = null)
    {
        var warnings = new List<RuleSetWarning>();
        var names = new NameWarnings(set, heads, warnings);
        for (var i = 0; i < set.Rules.Count; i++)
            names.Look(set.Rules[i].When, $"{MistakeList.At("$.rules", i)}.when");
        names.LookForUnused();

        var proof = new Proof();
        var conditions = set.Rules.Select(r => Atom.Of(r.When, set)).ToList();
        for (var i = 0; i < set.Rules.Count; i++)
        {
            if (proof.Never(conditions[i]) is { } why)
                warnings.Add(new($"{MistakeList.At("$.rules", i)}.when", $"can never hold: {why}"));
            else if (FindHiding(set.Rules, conditions, i, proof) is { } hiding)
                warnings.Add(new(MistakeList.At("$.rules", i), $"is never reached: \"{set.Rules[hiding].Id}\" ({MistakeList.At("$.rules", hiding)}) decides before for all that it matches"));
        }

        return warnings;
    }

    // A mention that staff hand back is looked at by rules that offer, and by those that add, alone: what takes mentions away from the crowd hides none of them.
    private static int? FindHiding(IReadOnlyList<Rule> rules, List<List<Atom>> conditions, int rule, Proof proof)
    {
        var takesAway = rules[rule].Then.Action is RuleActionKind.Escalate or RuleActionKind.Ignore;
        for (var i = 0; i < rule; i++)
        {
            var then = rules[i].Then;
            if ((then.Action == RuleActionKind.Offer || takesAway && then.Decides) && proof.ImpliesAll(conditions[rule], conditions[i]))
                return i;
        }

        return null;
    }
}

/// <summary>Something in a rule set document that can hardly be meant. It stops nothing.</summary>
/// <param name="Path">Where, as a JSON path.</param>
/// <param name="Message">What happens, and why.</param>
public sealed record RuleSetWarning(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}
