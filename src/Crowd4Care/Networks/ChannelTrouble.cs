using System.Net.Sockets;
using System.Net.WebSockets;

namespace Crowd4Care.Networks;

/// <summary>Why a part of a channel does not work just now.</summary>
/// <param name="Kind">What kind of trouble: it decides what to do about it.</param>
/// <param name="Message">What was said, in the words of who said it.</param>
/// <param name="RetryAt">When the network may be asked again, where it said so.</param>
public sealed record ChannelTrouble(TroubleKind Kind, string Message, DateTimeOffset? RetryAt = null)
{
    /// <summary>What an exception means for a channel.</summary>
    public static ChannelTrouble Of(Exception exception) => exception switch
    {
        NetworkException network => new(network.Kind, network.Message),
        HttpRequestException or TimeoutException or WebSocketException or SocketException or IOException => new(TroubleKind.Unreachable, exception.Message),
        _ => new(TroubleKind.Other, exception.Message),
    };
}

/// <summary>Kinds of trouble with a channel.</summary>
public enum TroubleKind
{
    /// <summary>The network refuses the account's credentials, or the account itself: a person must mend it.</summary>
    SignIn,

    /// <summary>The network asks for a pause; it goes on by itself.</summary>
    Throttled,

    /// <summary>No answer, no connection, or no such name; it is tried again and again.</summary>
    Unreachable,

    /// <summary>The network has a fault of its own; it is tried again and again.</summary>
    ServerFault,

    /// <summary>The network refuses what is asked of it.</summary>
    Refused,

    /// <summary>The channel's settings are not what the network expects: a person must mend them.</summary>
    Settings,

    /// <summary>Something else, not of the network.</summary>
    Other,
}
