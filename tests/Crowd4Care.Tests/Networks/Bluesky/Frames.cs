using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd4Care.Tests.Networks.Bluesky;

/// <summary>Jetstream events as the servers send them.</summary>
internal static class Frames
{
    public static string Post(string did, string rkey, string text, long timeUs, Action<JsonObject>? change = null, long? cursor = null)
    {
        var record = new JsonObject
        {
            ["$type"] = "app.bsky.feed.post",
            ["createdAt"] = "2026-07-04T14:38:07.112Z",
            ["langs"] = new JsonArray("en"),
            ["text"] = text,
        };
        change?.Invoke(record);
        var frame = Commit(did, timeUs, new JsonObject
        {
            ["rev"] = "3mpta5xk2xs2y", ["operation"] = "create", ["collection"] = "app.bsky.feed.post", ["rkey"] = rkey,
            ["record"] = record, ["cid"] = $"bafy{rkey}",
        });
        if (cursor is { } number) frame["cursor"] = number;
        return frame.ToJsonString();
    }

    public static string Delete(string did, string rkey, long timeUs) => Commit(did, timeUs, new JsonObject
    {
        ["rev"] = "3mpta5xk2xs2y", ["operation"] = "delete", ["collection"] = "app.bsky.feed.post", ["rkey"] = rkey,
    }).ToJsonString();

    public static string Account(string did, string status, long timeUs) => JsonSerializer.Serialize(new
    {
        did,
        time_us = timeUs,
        kind = "account",
        account = new { active = false, did, seq = 1, status, time = "2026-07-04T14:38:07.112Z" },
    });

    public static string Identity(string did, long timeUs) => JsonSerializer.Serialize(new
    {
        did,
        time_us = timeUs,
        kind = "identity",
        identity = new { did, handle = "someone.test", seq = 2, time = "2026-07-04T14:38:07.112Z" },
    });

    private static JsonObject Commit(string did, long timeUs, JsonObject commit) =>
        new() { ["did"] = did, ["time_us"] = timeUs, ["kind"] = "commit", ["commit"] = commit };
}
