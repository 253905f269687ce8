namespace Crowd4Care.Server.Desk.Live;

/// <summary>What an open desk is told: which of its parts are out of date. Never any content.</summary>
/// <param name="Topics"><c>offers</c> (this person's own lists), <c>feed</c>, <c>queue</c>.</param>
/// <param name="Mentions">The mentions that changed; null when there are too many to name.</param>
/// <param name="Company">The mentions that somebody else has before them, or no more.</param>
internal sealed record DeskEvent(IReadOnlyList<string> Topics, IReadOnlyList<Guid>? Mentions, IReadOnlyList<Guid> Company);
