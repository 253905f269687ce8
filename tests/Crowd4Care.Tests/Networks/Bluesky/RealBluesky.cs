using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Crowd4Care.Tests.Networks.Bluesky;

/// <summary>The network's own servers on loopback, as the test bed describes them, and its accounts.</summary>
internal sealed class RealBluesky : IDisposable
{
    private readonly HttpClient http = new();
    private readonly Dictionary<string, string> tokens = [];
    private readonly Description description;

    private RealBluesky(Description description) => this.description = description;

    public string Pds => description.Pds;

    public string AppView => description.AppView;

    /// <summary>Ignores the test where there is no such network.</summary>
    public static RealBluesky OrIgnore()
    {
        if (Environment.GetEnvironmentVariable("CROWD4CARE_TEST_ATPROTO") is not { Length: > 0 } path)
        {
            Assert.Ignore("CROWD4CARE_TEST_ATPROTO names no description of a Bluesky network.");
            throw new InvalidOperationException();
        }
        return new RealBluesky(JsonSerializer.Deserialize<Description>(File.ReadAllText(path), JsonSerializerOptions.Web)!);
    }

    public Account AccountOf(string name) => description.Accounts[name];

    public Task<JsonElement> PostAsync(string name, string text, object? reply = null, object? facets = null, object? embed = null, string? createdAt = null)
    {
        var record = new Dictionary<string, object>
        {
            ["$type"] = "app.bsky.feed.post",
            ["text"] = text,
            ["createdAt"] = createdAt ?? TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null),
            ["langs"] = new[] { "en" },
        };
        if (reply is not null) record["reply"] = reply;
        if (facets is not null) record["facets"] = facets;
        if (embed is not null) record["embed"] = embed;
        return CreateAsync(name, "app.bsky.feed.post", record);
    }

    /// <summary>A post that addresses the brand at its start.</summary>
    public Task<JsonElement> MentionAsync(string name, string text, string? createdAt = null) => PostAsync(
        name, "@brand.test " + text, createdAt: createdAt, facets: new[]
        {
            new Dictionary<string, object>
            {
                ["index"] = new { byteStart = 0, byteEnd = 11 },
                ["features"] = new[] { new Dictionary<string, object> { ["$type"] = "app.bsky.richtext.facet#mention", ["did"] = AccountOf("brand").Did } },
            },
        });

    public async Task<JsonElement> CreateAsync(string name, string collection, object record) =>
        await CallAsync(name, "com.atproto.repo.createRecord", new { repo = AccountOf(name).Did, collection, record });

    public Task DeleteAsync(string name, string uri)
    {
        var parts = uri.Split('/');
        return CallAsync(name, "com.atproto.repo.deleteRecord", new { repo = AccountOf(name).Did, collection = parts[^2], rkey = parts[^1] });
    }

    /// <summary>The thread as the AppView shows it; undefined when it does not have the post.</summary>
    public async Task<JsonElement> ThreadAsync(string uri)
    {
        using var response = await http.GetAsync($"{AppView}/xrpc/app.bsky.feed.getPostThread?uri={Uri.EscapeDataString(uri)}");
        return response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("thread") : default;
    }

    /// <summary>Waits until the AppView has a post, or has it no longer.</summary>
    public async Task SettledAsync(string uri, bool there = true)
    {
        for (var i = 0; i < 100; i++)
        {
            var thread = await ThreadAsync(uri);
            if ((thread.ValueKind != JsonValueKind.Undefined && thread.TryGetProperty("post", out _)) == there) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        Assert.Fail($"After ten seconds the AppView still {(there ? "lacks" : "has")} {uri}.");
    }

    public async Task<int> PostCountAsync(string name) => (await http.GetFromJsonAsync<JsonElement>(
        $"{Pds}/xrpc/com.atproto.repo.listRecords?repo={AccountOf(name).Did}&collection=app.bsky.feed.post&limit=100"))
        .GetProperty("records").GetArrayLength();

    public async Task<JsonElement> CallAsync(string name, string method, object body)
    {
        if (!tokens.TryGetValue(name, out var token))
        {
            var session = await SendAsync("com.atproto.server.createSession", new { identifier = AccountOf(name).Handle, password = AccountOf(name).Password }, null);
            tokens[name] = token = session.GetProperty("accessJwt").GetString()!;
        }
        return await SendAsync(method, body, token);
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> SendAsync(string method, object body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Pds}/xrpc/{method}") { Content = JsonContent.Create(body, body.GetType()) };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, $"{method}: {text}");
        return JsonElement.Parse(text.Length == 0 ? "{}" : text);
    }

    internal sealed record Description(string Pds, string AppView, IReadOnlyDictionary<string, Account> Accounts);

    internal sealed record Account(string Did, string Handle, string Password, string AppPassword);
}
