using Crowd4Care.Mentions;
using Crowd4Care.Networks;

namespace Crowd4Care.Engagement;

/// <summary>Finds the channel whose account answers a mention: the one that heard it, else any of the brand on that network that can.</summary>
public sealed class ReplyChannels(ChannelStore channels, NetworkCatalog networks)
{
    /// <summary>The channel and its network, or the reason why there is none.</summary>
    public async Task<ReplyChannel> ForAsync(MentionRow mention, CancellationToken cancellationToken = default)
    {
        if (!networks.TryGet(mention.Network, out var network))
            return new ReplyChannel(null, null, $"Crowd4Care can't post to {mention.Network} yet.");

        var reason = $"No {mention.Network} account is connected.";
        var candidates = (await channels.ListAsync(mention.BrandId, cancellationToken))
            .Where(c => c.Network == mention.Network && c.DisabledAt is null)
            .OrderByDescending(c => c.Id == mention.ChannelId);
        foreach (var channel in candidates)
        {
            if (await channels.ConnectAsync(channel.Id, cancellationToken) is not { } connection)
                continue;

            var permission = network.MayReply(connection);
            if (permission.Allowed)
                return new ReplyChannel(connection, network, null);

            reason = permission.Reason ?? reason;
        }

        return new ReplyChannel(null, null, reason);
    }
}

/// <summary>A channel that can answer.</summary>
/// <param name="Connection">The channel.</param>
/// <param name="Network">Its network; null when there is no channel that can.</param>
/// <param name="Reason">Then, why.</param>
public sealed record ReplyChannel(ChannelConnection? Connection, INetwork? Network, string? Reason);
