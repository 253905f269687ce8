using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Crowd4Care.Server.Tests.TestBed;

/// <summary>Speaks with the HTTP API as somebody's program does: with a key, in JSON, with no type of the product.</summary>
public sealed class ApiClient(Uri server, string? key)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(30),
    });

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<ApiAnswer> PostAsync(string path, object? body = null, string? ifMatch = null) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body, body.GetType()), ifMatch);

    public Task<ApiAnswer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, JsonContent.Create(body, body.GetType()));

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<ApiAnswer> PostTextAsync(string path, string body, string contentType = "application/json") =>
        SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, contentType));

    /// <summary>Pushes posts that are all new and answers their ids.</summary>
    public async Task<IReadOnlyList<Guid>> PushAsync(params IReadOnlyList<object> posts)
    {
        var pushed = await PostAsync("mentions", posts);
        Assert.That((int?)pushed["accepted"], Is.EqualTo(posts.Count), pushed.ToString());
        return [.. pushed["ids"]!.AsArray().Select(id => (Guid)id!)];
    }

    public async Task<JsonNode> MentionAsync(Guid id) => (await GetAsync($"mentions/{id}")).Body!;

    /// <summary>The mention with everything about it, once it is as expected.</summary>
    public Task<JsonNode> MentionAsync(Guid id, Func<JsonNode, bool> until, string what = "") =>
        Poll.UntilAsync(_ => MentionAsync(id), until, $"mention {id} {what}");

    /// <summary>The mention once it has the status.</summary>
    public Task<JsonNode> MentionAsync(Guid id, string status) => MentionAsync(id, m => StatusOf(m) == status, $"({status})");

    /// <summary>The mention once it left the pipeline.</summary>
    public Task<JsonNode> RoutedAsync(Guid id) => MentionAsync(id, m => StatusOf(m) is not ("received" or "classified"), "(routed)");

    /// <summary>Claims and answers the fencing number.</summary>
    public async Task<long> ClaimAsync(Guid id)
    {
        var claim = await PostAsync($"mentions/{id}/claim");
        Assert.That(claim.Status, Is.EqualTo(HttpStatusCode.OK), claim.ToString());
        return (long)claim["fence"]!;
    }

    /// <summary>Everything in somebody's feed that they could answer: offered or open.</summary>
    public async Task<IReadOnlyList<JsonNode>> FeedAsync()
    {
        var feed = await GetAsync("feed?limit=200");
        return [.. feed["offers"]!.AsArray().Concat(feed["open"]!.AsArray()).Select(m => m!)];
    }

    /// <summary>The mention of a network's post once it is in somebody's feed.</summary>
    public async Task<JsonNode> InFeedAsync(string externalId)
    {
        var feed = await Poll.UntilAsync(_ => FeedAsync(), seen => seen.Any(IsIt), $"the feed without {externalId}");
        return feed.Single(IsIt);

        bool IsIt(JsonNode mention) => (string?)mention["externalId"] == externalId;
    }

    public static string? StatusOf(JsonNode details) => (string?)details["mention"]?["status"];

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(server, path.StartsWith('/') ? path : $"/api/v1/{path}")) { Content = content };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        // A body that is refused unread must not be written to a closed connection.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 1024 * 1024;
        using var response = await Http.SendAsync(request);
        return new ApiAnswer(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.ETag?.Tag, await response.Content.ReadAsStringAsync());
    }
}

/// <summary>What the API answered.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, string? ContentType, string? ETag, string Text)
{
    public JsonNode? Body { get; } = Text.Length > 0 && ContentType?.Contains("json", StringComparison.Ordinal) == true ? JsonNode.Parse(Text) : null;

    public JsonNode? this[string name] => Body?[name];

    /// <summary>The sentence of a problem.</summary>
    public string? Detail => (string?)this["detail"];

    public override string ToString() => $"{(int)Status} {Text}";
}
