namespace Crowd4Care.Routing;

/// <summary>
/// A condition that has one part only. A condition is the conjunction of its atoms: what is known of atoms, two by two, is enough to prove much
/// of what never happens, and what can't be proved is not said.
/// </summary>
internal abstract record Atom
{
    /// <summary>Mentions and replies of a conversation: the only number here that is never 0.</summary>
    public const string Turns = "the number of turns";

    /// <summary>The atoms of a condition.</summary>
    public static List<Atom> Of(Condition? condition, RuleSet set)
    {
        var atoms = new List<Atom>();
        if (condition is not null)
            Add(condition, set, atoms);
        return atoms;
    }

    private static void Add(Condition condition, RuleSet set, List<Atom> atoms)
    {
        foreach (var part in condition.All ?? [])
            Add(part, set, atoms);
        if (condition.Any is [{ } only])
            Add(only, set, atoms);
        else if (condition.Any is { } any)
            atoms.Add(new AnyOf([.. any.Select(c => Of(c, set))]));
        if (condition.Not is { } not)
            AddNot(not, set, atoms);
        Is("that it is a repost", condition.Repost, atoms);
        Is("that it is the brand's own post", condition.OwnPost, atoms);
        Is("that it is a reply", condition.Reply, atoms);
        OneOf("the language", condition.Language, atoms);
        OneOf("the network", condition.Network, atoms);
        Add(condition.Score, atoms);
        Add(condition.Author, set, atoms);
        Add(condition.Conversation, atoms);
        Add(condition.Time, atoms);
        Add(condition.Text, atoms);
    }

    // Of a condition with several atoms nothing but the whole is denied.
    private static void AddNot(Condition not, RuleSet set, List<Atom> atoms)
    {
        switch (Of(not, set))
        {
            case [NoneOf inner]:
                atoms.AddRange(inner.Atoms);
                break;
            case [Fact fact]:
                atoms.Add(fact with { Value = !fact.Value });
                break;
            case var denied:
                atoms.Add(new NoneOf(denied));
                break;
        }
    }

    private static void Add(ScoreCondition? score, List<Atom> atoms)
    {
        if (score is null)
            return;

        Is($"that {score.Head} is unsure", score.Unsure, atoms);
        if (score.Label is not { } label)
            return;

        if (score.AtLeast is null && score.Below is null)
            atoms.Add(new Values($"the answer of {score.Head}", new HashSet<string>([label], StringComparer.Ordinal)));
        AtLeast($"the probability of {score.Head} \"{label}\"", score.AtLeast, atoms);
        Below($"the probability of {score.Head} \"{label}\"", score.Below, atoms);
    }

    private static void Add(AuthorCondition? author, RuleSet set, List<Atom> atoms)
    {
        if (author is null)
            return;

        AtLeast("the number of followers", author.FollowersAtLeast, atoms);
        // Of three: the network may say nothing.
        OneOf("whether the author is verified", author.Verified is { } verified ? [verified ? "yes" : "no"] : null, atoms);
        OneOf("whether the author is a bot", author.Bot is { } bot ? [bot ? "yes" : "no"] : null, atoms);
        Is("that the author was contacted before", author.ContactedBefore, atoms);
        OneOf("the handle", author.Handles?.Select(h => h.TrimStart('@')), atoms);
        if (author.List is { } list && set.Lists?.TryGetValue(list, out var handles) == true)
            OneOf("the handle", handles.Select(h => h.TrimStart('@')), atoms);
    }

    private static void Add(ConversationCondition? conversation, List<Atom> atoms)
    {
        if (conversation is null)
            return;

        Is("that the conversation is reopened", conversation.Reopened, atoms);
        AtLeast(Turns, conversation.TurnsAtLeast, atoms);
        Below(Turns, conversation.TurnsBelow, atoms);
    }

    private static void Add(TimeCondition? time, List<Atom> atoms)
    {
        Is($"that {time?.Within} is open", time?.Within is null ? null : true, atoms);
        Is($"that {time?.Outside} is open", time?.Outside is null ? null : false, atoms);
    }

    // A text may have any words together: unlike the values of a language, they exclude none.
    private static void Add(TextCondition? text, List<Atom> atoms)
    {
        if (text?.ContainsAny is { } any)
            atoms.Add(new Words(Set(any)));
        foreach (var phrase in text?.ContainsAll ?? [])
            atoms.Add(new Words(Set([phrase])));
        Is($"that the text matches {text?.Matches}", text?.Matches is null ? null : true, atoms);
    }

    private static void Is(string what, bool? value, List<Atom> atoms)
    {
        if (value is { } given)
            atoms.Add(new Fact(what, given));
    }

    private static void OneOf(string what, IEnumerable<string>? values, List<Atom> atoms)
    {
        if (values is not null)
            atoms.Add(new Values(what, Set(values)));
    }

    private static void AtLeast(string what, double? least, List<Atom> atoms)
    {
        if (least is { } given)
            atoms.Add(new Least(what, given));
    }

    private static void Below(string what, double? limit, List<Atom> atoms)
    {
        if (limit is { } given)
            atoms.Add(new Under(what, given));
    }

    private static HashSet<string> Set(IEnumerable<string> words) => new(words, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Something is so, or not.</summary>
internal sealed record Fact(string What, bool Value) : Atom;

/// <summary>Something that has one value has one of these.</summary>
internal sealed record Values(string What, HashSet<string> Among) : Atom;

/// <summary>A number is this or more.</summary>
internal sealed record Least(string What, double Number) : Atom;

/// <summary>A number is less than this.</summary>
internal sealed record Under(string What, double Number) : Atom;

/// <summary>At least one of these words stands in the text.</summary>
internal sealed record Words(HashSet<string> Phrases) : Atom;

/// <summary>At least one of these conjunctions holds.</summary>
internal sealed record AnyOf(List<List<Atom>> Alternatives) : Atom;

/// <summary>Not all of these hold.</summary>
internal sealed record NoneOf(List<Atom> Atoms) : Atom;
