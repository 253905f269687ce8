namespace Crowd4Care.Mentions;

/// <summary>Conditions that stand word for word in the definitions of indexes: a query says them again, else an engine may not use the index.</summary>
internal static class MentionSets
{
    /// <summary>On their way to the router.</summary>
    public const string Passing = "status IN ('received', 'classified')";

    /// <summary>Routed.</summary>
    public const string Routed = "status NOT IN ('received', 'classified')";
}
