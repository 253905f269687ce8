namespace Crowd4Care.Load.Checks;

/// <summary>What kind of promise was broken.</summary>
internal enum Broken
{
    /// <summary>Something accepted is missing, or does not go on.</summary>
    Lost,

    /// <summary>A reader of the network sees an answer twice, or one that nobody sent.</summary>
    DoubledReply,

    /// <summary>A point was awarded twice, or does not follow from the journal.</summary>
    DoubledPoint,

    /// <summary>The journal tells what can't have happened.</summary>
    Journal,

    /// <summary>A process of the product ended by itself.</summary>
    Died,
}

/// <summary>A broken promise, with the ids that lead to it.</summary>
internal sealed record Violation(Broken Kind, string Text);
