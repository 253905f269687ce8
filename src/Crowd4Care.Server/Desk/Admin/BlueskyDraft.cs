using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd4Care.Networks;
using Crowd4Care.Server.Desk.Shared;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Admin;

/// <summary>A Bluesky channel as its form shows it.</summary>
/// <param name="Name">What the admin calls it.</param>
/// <param name="Keywords">What to listen for in public posts.</param>
/// <param name="Handle">The brand's account; empty to listen only.</param>
/// <param name="Service">The account's server; empty for the usual one.</param>
/// <param name="Jetstream">The public stream's address; empty for the usual one.</param>
internal sealed record BlueskyDraft(string Name, IReadOnlyList<string> Keywords, string Handle, string Service, string Jetstream)
{
    public const string Network = "bluesky";

    private const int MostKeywords = 100;

    public static BlueskyDraft Read(IFormCollection form) => new(
        form["name"].ToString().Trim(),
        [.. form["keywords"].ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()],
        form["handle"].ToString().Trim().TrimStart('@').ToLowerInvariant(),
        form["service"].ToString().Trim(),
        form["jetstream"].ToString().Trim());

    public static BlueskyDraft Read(Channel channel)
    {
        var settings = Parse(channel.Settings);
        return new(
            channel.Name, [.. (settings["keywords"] as JsonArray ?? []).Select(k => k?.ToString() ?? "").Where(k => k.Length > 0)],
            Text(settings, "handle"), Text(settings, "service"), Text(settings, "jetstream"));
    }

    public IReadOnlyList<string> Mistakes(bool hasSecret)
    {
        var mistakes = new List<string>();
        if (Keywords.Count == 0 && Handle.Length == 0)
            mistakes.Add(Say("Give at least one keyword, or an account, or both: otherwise there is nothing to listen for."));
        if (Keywords.Count > MostKeywords)
            mistakes.Add(Phrase($"There are {Keywords.Count} keywords; {MostKeywords} at most."));
        if (Handle.Length > 0 && (!Handle.Contains('.', StringComparison.Ordinal) || Handle.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-'))))
            mistakes.Add(Phrase($"“{Handle}” is not a handle; it is written like brand.bsky.social."));
        if (Handle.Length > 0 && !hasSecret)
            mistakes.Add(Say("The account needs its app password too."));
        if (Service.Length > 0 && !Words.IsWebAddress(Service))
            mistakes.Add(Phrase($"“{Service}” is not a server's address; it begins with https://."));
        if (Jetstream.Length > 0 && !(Uri.TryCreate(Jetstream, UriKind.Absolute, out var address) && address.Scheme is "ws" or "wss" or "http" or "https"))
            mistakes.Add(Phrase($"“{Jetstream}” is not the address of a stream; it begins with wss://."));
        return mistakes;
    }

    /// <summary>The channel's settings; what this form doesn't know stays as it was.</summary>
    public string Settings(Channel? before)
    {
        var settings = before is null ? [] : Parse(before.Settings);
        settings["keywords"] = new JsonArray([.. Keywords.Select(k => (JsonNode)k)]);
        Put(settings, "handle", Handle);
        Put(settings, "service", Service);
        Put(settings, "jetstream", Jetstream);
        if (Handle.Length > 0)
            settings["notifications"] ??= true;
        else
            settings.Remove("notifications");
        return settings.ToJsonString();
    }

    private static JsonObject Parse(string settings)
    {
        try
        {
            return JsonNode.Parse(settings) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Text(JsonObject settings, string name) => settings[name]?.ToString() ?? "";

    private static void Put(JsonObject settings, string name, string value)
    {
        if (value.Length > 0)
            settings[name] = value;
        else
            settings.Remove(name);
    }
}
