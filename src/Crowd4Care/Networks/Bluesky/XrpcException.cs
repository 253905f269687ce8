using System.Net;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>A server of the network refused a call.</summary>
internal sealed class XrpcException(HttpStatusCode status, string? error, string? message, DateTimeOffset? retryAt = null)
    : Exception(message is { Length: > 0 } ? message : error ?? $"HTTP status {(int)status}")
{
    public HttpStatusCode Status => status;

    /// <summary>The network's name of the error.</summary>
    public string? Error => error;

    /// <summary>When the rate limit that was hit is over.</summary>
    public DateTimeOffset? RetryAt => retryAt;

    public bool IsThrottled => status == HttpStatusCode.TooManyRequests;

    public bool IsServerFault => (int)status >= 500;

    /// <summary>A bad token is answered with 400, in spite of HTTP.</summary>
    public bool IsBadToken => status == HttpStatusCode.Unauthorized || error is "ExpiredToken" or "InvalidToken";

    /// <summary>The record, or the account that held it, is not on the network.</summary>
    public bool IsMissingRecord => IsMissingAccount || error == "RecordNotFound" || IsInvalid("Could not locate record");

    /// <summary>The account itself is not on the network, or not at this server.</summary>
    public bool IsMissingAccount => error is "RepoNotFound" or "RepoDeactivated" or "RepoTakendown" || IsInvalid("Could not find repo");

    /// <summary>What it means for the channel.</summary>
    public ChannelTrouble Trouble => new(
        IsThrottled ? TroubleKind.Throttled : IsServerFault ? TroubleKind.ServerFault : IsBadToken ? TroubleKind.SignIn : TroubleKind.Refused,
        $"{(int)status} {error}: {Message}", RetryAt);

    private bool IsInvalid(string why) => error == "InvalidRequest" && Message.StartsWith(why, StringComparison.OrdinalIgnoreCase);
}
