using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd4Care.Load.Faults;

/// <summary>What the API answered: a status and a body; status 0 when no answer came.</summary>
internal sealed record ApiReply(int Status, JsonNode? Body)
{
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>Neither yes nor no: nobody knows whether it was done.</summary>
    public bool IsUncertain => Status is 0 or >= 500 or 429;
}

/// <summary>Calls the API as a browser or a program of somebody does: gives up after a while and tries again.</summary>
internal sealed class ApiUser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private readonly HttpClient http = new() { Timeout = Patience };
    private readonly IReadOnlyList<Uri> servers;
    private int turn;

    public ApiUser(IReadOnlyList<Uri> servers, string key)
    {
        this.servers = servers;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<ApiReply> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<ApiReply> PostAsync(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body, body.GetType()), cancellationToken);

    public Task<ApiReply> PostBytesAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(HttpMethod.Post, path, content, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task<ApiReply> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var server = servers[(Interlocked.Increment(ref turn) & int.MaxValue) % servers.Count];
        using var request = new HttpRequestMessage(method, new Uri(server, $"/api/v1/{path}")) { Content = content };
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return new ApiReply((int)answer.StatusCode, text is ['{' or '[', ..] ? JsonNode.Parse(text) : null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new ApiReply(0, null);
        }
    }
}
