using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// Which notifications were seen. The list is sorted by the time that authors' clients declared, so one may turn up behind others, and
/// several may have one time: a time alone is no position. Everything before <paramref name="Floor"/> counts as seen, and after it
/// what <paramref name="Seen"/> holds.
/// </summary>
/// <param name="Floor">Nothing older is looked for.</param>
/// <param name="Newest">Time of the newest one seen.</param>
/// <param name="Seen">Prints of the uris seen since the floor, with their times in Unix milliseconds.</param>
internal sealed record NotificationCursor(DateTimeOffset Floor, DateTimeOffset Newest, IReadOnlyDictionary<string, long> Seen)
{
    /// <summary>Bounds what is stored with each batch.</summary>
    private const int MaxSeen = 300;

    public static NotificationCursor StartingAt(DateTimeOffset floor) => new(floor, floor, new Dictionary<string, long>());

    /// <summary>Null for a text that is no cursor.</summary>
    public static NotificationCursor? Read(string? text)
    {
        try
        {
            var read = text is null ? null : JsonSerializer.Deserialize<NotificationCursor>(text, JsonSerializerOptions.Web);
            return read?.Seen is null ? null : read;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public bool IsNew(NotificationJson notification) =>
        notification.Uri is { } uri && notification.IndexedAt >= Floor && !Seen.ContainsKey(Print(uri));

    /// <summary>The cursor after these were seen too.</summary>
    public NotificationCursor With(IEnumerable<NotificationJson> notifications, TimeSpan overlap)
    {
        var all = new Dictionary<string, long>(Seen, StringComparer.Ordinal);
        foreach (var notification in notifications)
            if (notification.Uri is { } uri) all[Print(uri)] = notification.IndexedAt.ToUnixTimeMilliseconds();
        if (all.Count == 0) return this;

        var newest = Math.Max(all.Values.Max(), Newest.ToUnixTimeMilliseconds());
        var floor = Math.Max(Floor.ToUnixTimeMilliseconds(), newest - (long)overlap.TotalMilliseconds);
        var kept = all.Where(s => s.Value >= floor).OrderByDescending(s => s.Value).ToList();
        if (kept.Count > MaxSeen)
        {
            // Those of the very time of the last one kept may come again; none is lost.
            floor = Math.Max(floor, kept[MaxSeen - 1].Value);
            kept.RemoveRange(MaxSeen, kept.Count - MaxSeen);
        }
        return new NotificationCursor(
            DateTimeOffset.FromUnixTimeMilliseconds(floor), DateTimeOffset.FromUnixTimeMilliseconds(newest),
            kept.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal));
    }

    private static string Print(string uri) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uri)).AsSpan(0, 8));
}
