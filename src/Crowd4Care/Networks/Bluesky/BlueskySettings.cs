namespace Crowd4Care.Networks.Bluesky;

/// <summary>A Bluesky channel's own settings, as JSON in <see cref="ChannelConnection.Settings"/>.</summary>
public sealed record BlueskySettings
{
    /// <summary>The server the account signs in at; null for the configured one.</summary>
    public string? Service { get; init; }

    /// <summary>The brand's handle, <c>brand.bsky.social</c>; null where only keywords are listened for.</summary>
    public string? Handle { get; init; }

    /// <summary>Words, phrases, <c>#tags</c> and <c>@handles</c> that make a post a mention.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>The Jetstream address to listen to; null for the configured ones.</summary>
    public string? Jetstream { get; init; }

    /// <summary>Whether the account's notifications (mentions, replies, quotes) are read.</summary>
    public bool Notifications { get; init; } = true;

    /// <summary>The channel's settings in their canonical form.</summary>
    /// <exception cref="NetworkException">A setting is not what Bluesky expects.</exception>
    internal static BlueskySettings Of(ChannelConnection channel)
    {
        var read = channel.Read<BlueskySettings>();
        return read with
        {
            Service = Address(read.Service, nameof(Service), "http", "https"),
            Jetstream = Address(read.Jetstream, nameof(Jetstream), "ws", "wss"),
            Handle = HandleOf(read.Handle),
            Keywords = [.. (read.Keywords ?? []).Where(k => !string.IsNullOrWhiteSpace(k))],
        };
    }

    private static string? HandleOf(string? given)
    {
        var handle = given?.Trim().TrimStart('@').ToLowerInvariant();
        if (string.IsNullOrEmpty(handle)) return null;
        return handle.Contains('.', StringComparison.Ordinal) && !handle.Any(char.IsWhiteSpace)
            ? handle
            : throw new NetworkException($"'{given}' is no Bluesky handle: it is a domain name such as brand.bsky.social.");
    }

    private static string? Address(string? given, string setting, params string[] schemes)
    {
        if (string.IsNullOrWhiteSpace(given)) return null;
        if (Uri.TryCreate(given.Trim(), UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme)) return given.Trim();
        var right = string.Join(" or ", schemes.Select(s => s + "://"));
        throw new NetworkException($"The channel's {setting.ToLowerInvariant()} '{given}' is no address: it must begin with {right}.");
    }
}
