using System.Globalization;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace Crowd4Care.Bus;

/// <summary>A message that a consumer gave up.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">What went wrong, in the consumer's words.</param>
/// <param name="Ids">What the message is about: mentions or a reply.</param>
public sealed record FailedMessage(DateTimeOffset? At, string Reason, IReadOnlyList<Guid> Ids)
{
    // What the bus notes on a message that it moves aside.
    private const string Notes = "MT-";
    private const string Deliveries = "x-delivery-count";

    internal static FailedMessage Read(BasicGetResult message)
    {
        var headers = message.BasicProperties.Headers;
        var at = DateTimeOffset.TryParse(Text(headers, "MT-Fault-Timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : (DateTimeOffset?)null;
        var reason = Text(headers, "MT-Fault-Message") is { } said ? $"{Text(headers, "MT-Fault-ExceptionType")}: {said}" : "No consumer takes this message.";
        return new FailedMessage(at, reason, IdsOf(message.Body));
    }

    /// <summary>The properties of the message before it failed.</summary>
    internal static BasicProperties AsNew(IReadOnlyBasicProperties properties) => new(properties)
    {
        Headers = properties.Headers?.Where(h => !h.Key.StartsWith(Notes, StringComparison.Ordinal) && h.Key != Deliveries).ToDictionary(),
    };

    private static string? Text(IDictionary<string, object?>? headers, string name) =>
        headers?.TryGetValue(name, out var value) == true ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString() : null;

    private static IReadOnlyList<Guid> IdsOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var envelope = JsonDocument.Parse(body);
            return envelope.RootElement.GetProperty("message") switch
            {
                var m when m.TryGetProperty("mentionIds", out var ids) => [.. ids.EnumerateArray().Select(id => id.GetGuid())],
                var m when m.TryGetProperty("replyId", out var id) => [id.GetGuid()],
                _ => [],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Nobody else's message either: it is shown without ids.
            return [];
        }
    }
}
