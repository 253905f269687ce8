using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd4Care.Networks;

/// <summary>A brand's connection to a network, as a network's code needs it.</summary>
public sealed record ChannelConnection
{
    /// <summary>Identifies the channel.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose channel it is.</summary>
    public required string BrandId { get; init; }

    /// <summary>The network's name in lower case.</summary>
    public required string Network { get; init; }

    /// <summary>The network's own settings as a JSON object; each network has a record for its own.</summary>
    public required string Settings { get; init; }

    /// <summary>The secret (Bluesky: an app password) in clear; null where only public streams are listened to.</summary>
    public string? Secret { get; init; }

    /// <summary>The brand's own account, as far as the settings name one in <c>handle</c>, without @ and in lower case.</summary>
    public string? AccountHandle =>
        JsonNode.Parse(Settings) is JsonObject settings && settings["handle"] is JsonValue value && value.TryGetValue<string>(out var handle)
            ? handle.TrimStart('@').ToLowerInvariant()
            : null;

    /// <summary>Settings as the network's own record.</summary>
    /// <exception cref="NetworkException">The settings are not what the network expects.</exception>
    public T Read<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Settings, JsonSerializerOptions.Web)
                ?? throw new NetworkException($"The settings of the {Network} channel are empty.");
        }
        catch (JsonException e)
        {
            throw new NetworkException($"The settings of the {Network} channel can't be read at {e.Path}: {e.Message}", e);
        }
    }
}

/// <summary>Keeps a signed-in session between calls and restarts: networks limit how often an account may sign in.</summary>
public interface ISessionKeeper
{
    /// <summary>The session last saved for the channel, or null.</summary>
    Task<string?> LoadAsync(Guid channelId, CancellationToken cancellationToken);

    /// <summary>Replaces the channel's session; null forgets it.</summary>
    Task SaveAsync(Guid channelId, string? session, CancellationToken cancellationToken);
}
