using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Crowd4Care.Load.Mentions;

namespace Crowd4Care.Load.Faults;

/// <summary>A record that somebody published.</summary>
internal sealed record NetworkRecord(string Did, string Key, string Cid, JsonObject Value, long TimeUs, bool OnlyInStream = false)
{
    public const string Collection = "app.bsky.feed.post";

    public string Uri => $"at://{Did}/{Collection}/{Key}";

    public string? Parent => (string?)Value["reply"]?["parent"]?["uri"];

    public string Text => (string?)Value["text"] ?? "";
}

/// <summary>
/// What stands on the network. It is kept in memory of the rig, which no fault touches: what was published here was published, whatever
/// the answer said.
/// </summary>
internal sealed class NetworkRecords(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, NetworkRecord> byUri = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> handles = new(StringComparer.Ordinal);
    private readonly List<NetworkRecord> stream = [];
    private readonly List<NetworkRecord> brand = [];
    private long lastTime;

    public const string BrandDid = "did:plc:brand2222222222222222222";
    public const string BrandHandle = "brand.example.social";

    /// <summary>Everything that the brand's account has published, each time a create was done.</summary>
    public IReadOnlyList<NetworkRecord> OfBrand
    {
        get
        {
            lock (gate)
                return [.. brand];
        }
    }

    /// <summary>Customers' posts that went into the stream, oldest first.</summary>
    public IReadOnlyList<NetworkRecord> Stream
    {
        get
        {
            lock (gate)
                return [.. stream];
        }
    }

    /// <summary>Events of the stream behind a position, at most so many.</summary>
    public IReadOnlyList<NetworkRecord> After(long timeUs, int most)
    {
        lock (gate)
        {
            var first = stream.FindIndex(Math.Max(0, stream.Count - 20_000), r => r.TimeUs > timeUs);
            return first < 0 ? [] : stream.GetRange(first, Math.Min(most, stream.Count - first));
        }
    }

    public NetworkRecord? Find(string uri) => byUri.GetValueOrDefault(uri);

    public string HandleOf(string did) => did == BrandDid ? BrandHandle : handles.GetValueOrDefault(did, "handle.invalid");

    /// <summary>A customer's post; it can be answered from now on. In the stream only when it is to be heard there.</summary>
    public void Publish(GeneratedPost post, bool inStream, bool pushed)
    {
        handles[post.Did] = post.Handle;
        lock (gate)
        {
            var record = new NetworkRecord(post.Did, post.Key, CidOf(post.Key), Value(post), NextTime(), inStream && !pushed);
            byUri[record.Uri] = record;
            if (inStream)
                stream.Add(record);
        }
    }

    /// <summary>A record of the brand's account; null when its key is taken.</summary>
    public NetworkRecord? Create(string key, JsonObject value)
    {
        lock (gate)
        {
            var record = new NetworkRecord(BrandDid, key, CidOf(key), value, NextTime());
            if (!byUri.TryAdd(record.Uri, record))
                return null;

            brand.Add(record);
            return record;
        }
    }

    private static JsonObject Value(GeneratedPost post)
    {
        var value = new JsonObject
        {
            ["$type"] = NetworkRecord.Collection,
            ["text"] = post.Text,
            ["createdAt"] = post.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        };
        if (post.Language is not null)
            value["langs"] = new JsonArray(post.Language);
        return value;
    }

    // Times in the stream grow strictly, as those of the real one do.
    private long NextTime() => lastTime = Math.Max(lastTime + 1, (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    private static string CidOf(string key) => $"bafyrei{key}";
}
