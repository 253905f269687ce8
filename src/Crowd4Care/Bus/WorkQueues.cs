namespace Crowd4Care.Bus;

/// <summary>
/// Durable queues of a module, by the names that they have without a prefix. Every process knows all of them, whichever it serves: what
/// failed is shown and replayed from any desk.
/// </summary>
public sealed record WorkQueues(params IReadOnlyList<string> Names);
