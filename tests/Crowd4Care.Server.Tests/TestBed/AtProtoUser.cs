using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Crowd4Care.Server.Tests.TestBed;

/// <summary>Acts on the network as a person does with the Bluesky app: in plain HTTP, with no code of the product.</summary>
public sealed partial class AtProtoUser
{
    private const string PostCollection = "app.bsky.feed.post";

    private static readonly HttpClient Http = new();

    private readonly Uri pds;
    private readonly string token;

    private AtProtoUser(Uri pds, JsonNode session)
    {
        this.pds = pds;
        token = (string)session["accessJwt"]!;
        Did = (string)session["did"]!;
        Handle = (string)session["handle"]!;
    }

    public string Did { get; }

    public string Handle { get; }

    public static async Task<AtProtoUser> SignInAsync(AtProtoNetwork network, AtProtoAccount account, CancellationToken cancellation = default)
    {
        var session = await CallAsync(
            Post(network.Pds, "com.atproto.server.createSession", new { identifier = account.Handle, password = account.Password }),
            cancellation);
        return new AtProtoUser(network.Pds, session);
    }

    /// <summary>Makes a new account, for a test that must not see what others wrote.</summary>
    public static async Task<AtProtoUser> JoinAsync(AtProtoNetwork network, string name, CancellationToken cancellation = default)
    {
        var session = await CallAsync(
            Post(
                network.Pds,
                "com.atproto.server.createAccount",
                new { handle = $"{name}.test", email = $"{name}@example.test", password = $"{name}-password" }),
            cancellation);
        return new AtProtoUser(network.Pds, session);
    }

    /// <summary>Posts; each @handle of the network becomes a mention. Answers the post's <c>at://</c> address.</summary>
    public Task<string> PostAsync(string text, CancellationToken cancellation = default) => PostAsync(text, reply: null, cancellation);

    public async Task<string> ReplyAsync(string parent, string text, CancellationToken cancellation = default)
    {
        var address = RecordAddress.Parse(parent);
        var record = await GetAsync(
            "com.atproto.repo.getRecord",
            $"repo={address.Repository}&collection={address.Collection}&rkey={address.Key}",
            cancellation);
        var parentReference = new JsonObject { ["uri"] = parent, ["cid"] = (string)record["cid"]! };
        var root = record["value"]!["reply"]?["root"] ?? parentReference;
        return await PostAsync(text, new JsonObject { ["root"] = root.DeepClone(), ["parent"] = parentReference }, cancellation);
    }

    public Task DeleteAsync(string post, CancellationToken cancellation = default) =>
        CallAsync(
            Authorized(Post(pds, "com.atproto.repo.deleteRecord", new { repo = Did, collection = PostCollection, rkey = RecordAddress.Parse(post).Key })),
            cancellation);

    /// <summary>The thread of a post once it is as expected; a post that the network doesn't know (yet) is null.</summary>
    public Task<JsonNode?> ThreadAsync(string post, Func<JsonNode?, bool> until, CancellationToken cancellation = default) =>
        Poll.UntilAsync(async stop => await FindThreadAsync(post, stop), until, $"the thread of {post}", cancellation);

    /// <summary>The post of a thread and all below it, an answer right after what it answers.</summary>
    public static IEnumerable<JsonNode> PostsIn(JsonNode? thread) =>
        thread?["post"] is { } post
            ? [post, .. (thread["replies"]?.AsArray() ?? []).SelectMany(PostsIn)]
            : [];

    /// <summary>The newest notifications once they are as expected.</summary>
    public Task<JsonArray> NotificationsAsync(Func<JsonArray, bool> until, CancellationToken cancellation = default) =>
        Poll.UntilAsync(
            async stop => (await GetAsync("app.bsky.notification.listNotifications", "limit=100", stop))["notifications"]!.AsArray(),
            until,
            $"the list of notifications of {Handle}",
            cancellation);

    private async Task<string> PostAsync(string text, JsonObject? reply, CancellationToken cancellation)
    {
        var record = new JsonObject
        {
            ["$type"] = PostCollection,
            ["text"] = text,
            ["createdAt"] = TimeProvider.System.GetUtcNow().ToString("O"),
            ["facets"] = await MentionFacetsAsync(text, cancellation),
        };
        if (reply is not null)
            record["reply"] = reply;

        var created = await CallAsync(
            Authorized(Post(pds, "com.atproto.repo.createRecord", new { repo = Did, collection = PostCollection, record })),
            cancellation);
        return (string)created["uri"]!;
    }

    private async Task<JsonArray> MentionFacetsAsync(string text, CancellationToken cancellation)
    {
        var facets = new JsonArray();
        foreach (Match mention in Mention.Matches(text))
        {
            var did = (string)(await GetAsync("com.atproto.identity.resolveHandle", $"handle={mention.Value[1..]}", cancellation))["did"]!;
            // The network counts in bytes of UTF-8.
            var start = Encoding.UTF8.GetByteCount(text.AsSpan(0, mention.Index));
            facets.Add(new JsonObject
            {
                ["index"] = new JsonObject { ["byteStart"] = start, ["byteEnd"] = start + Encoding.UTF8.GetByteCount(mention.Value) },
                ["features"] = new JsonArray(new JsonObject { ["$type"] = "app.bsky.richtext.facet#mention", ["did"] = did }),
            });
        }

        return facets;
    }

    private async Task<JsonNode?> FindThreadAsync(string post, CancellationToken cancellation)
    {
        try
        {
            var answer = await GetAsync("app.bsky.feed.getPostThread", $"uri={Uri.EscapeDataString(post)}", cancellation);
            return answer["thread"];
        }
        catch (XrpcException notFound) when (notFound.Error == "NotFound")
        {
            return null;
        }
    }

    private Task<JsonNode> GetAsync(string method, string query, CancellationToken cancellation) =>
        CallAsync(Authorized(new HttpRequestMessage(HttpMethod.Get, new Uri(pds, $"/xrpc/{method}?{query}"))), cancellation);

    private static HttpRequestMessage Post(Uri pds, string method, object body) =>
        new(HttpMethod.Post, new Uri(pds, $"/xrpc/{method}")) { Content = JsonContent.Create(body) };

    private HttpRequestMessage Authorized(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static async Task<JsonNode> CallAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var sent = request;
        using var response = await Http.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text.Length > 0 ? text : "{}")!
            : throw new XrpcException(request, response, text);
    }

    [GeneratedRegex(@"(?<!\w)@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+")]
    private static partial Regex Mention { get; }

    private readonly record struct RecordAddress(string Repository, string Collection, string Key)
    {
        public static RecordAddress Parse(string uri) =>
            uri.Split('/') is ["at:", "", var repository, var collection, var key]
                ? new RecordAddress(repository, collection, key)
                : throw new ArgumentException($"{uri} is not the address of a record, like at://did:plc:…/{PostCollection}/…", nameof(uri));
    }

    private sealed class XrpcException(HttpRequestMessage request, HttpResponseMessage response, string text)
        : Exception($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {text}")
    {
        public string? Error { get; } = ErrorOf(text);

        private static string? ErrorOf(string text)
        {
            try
            {
                return (string?)JsonNode.Parse(text)?["error"];
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
