namespace Crowd4Care.Networks.Bluesky;

/// <summary>A brand's account as its channel names it.</summary>
/// <param name="ChannelId">The channel, under which the session is kept.</param>
/// <param name="Service">The server to sign in at.</param>
/// <param name="Handle">The handle to sign in with.</param>
/// <param name="Password">The app password.</param>
internal sealed record BlueskyAccount(Guid ChannelId, Uri Service, string Handle, string Password);
