namespace Crowd4Care.Server.Desk;

/// <summary>Whether this is the demo: with one-click sign-in, and without any network.</summary>
/// <param name="On">True in the demo.</param>
internal sealed record DemoMode(bool On);
