using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// Calls procedures of the network's servers. An answer that refuses is an <see cref="XrpcException"/>, an answer that did not come in
/// time a <see cref="TimeoutException"/>, a broken connection an <see cref="HttpRequestException"/>.
/// </summary>
internal sealed class BlueskyClient(IHttpClientFactory clients, IOptions<BlueskyOptions> options, TimeProvider time)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string HttpName = "bluesky";

    public Task<T> GetAsync<T>(
        Uri server, string method, IEnumerable<(string Name, string Value)> query, string? token, CancellationToken cancellationToken)
    {
        var parameters = string.Join('&', query.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        return SendAsync<T>(HttpMethod.Get, server, $"{method}?{parameters}", null, token, cancellationToken);
    }

    public Task<T> PostAsync<T>(Uri server, string method, object? body, string? token, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Post, server, method, body, token, cancellationToken);

    /// <summary>The account's identifier; null when nobody has the handle.</summary>
    public async Task<string?> ResolveHandleAsync(Uri server, string handle, CancellationToken cancellationToken)
    {
        try
        {
            return (await GetAsync<ResolvedHandleJson>(
                server, "com.atproto.identity.resolveHandle", [("handle", handle)], null, cancellationToken)).Did;
        }
        catch (XrpcException e) when (e.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<T> SendAsync<T>(
        HttpMethod verb, Uri server, string call, object? body, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(verb, new Uri(server, $"/xrpc/{call}"));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Web);

        using var client = clients.CreateClient(HttpName);
        using var timeout = new CancellationTokenSource(options.Value.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await client.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode) throw await RefusalAsync(response, either.Token);
            return await response.Content.ReadFromJsonAsync<T>(either.Token) ?? throw new JsonException("The answer is empty.");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{server.Host} did not answer within {options.Value.RequestTimeout.TotalSeconds:0.#} seconds.", e);
        }
        catch (SocketException e)
        {
            // A connection that breaks in the moment in which it is made comes out of the client as it is.
            throw new HttpRequestException(HttpRequestError.Unknown, $"The connection to {server.Host} broke: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new HttpRequestException(HttpRequestError.InvalidResponse, $"{server.Host} gave an unreadable answer: {e.Message}", e);
        }
    }

    private async Task<XrpcException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ErrorJson? said = null;
        try
        {
            said = await response.Content.ReadFromJsonAsync<ErrorJson>(cancellationToken);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            // A proxy's own page: the status has to do.
        }
        DateTimeOffset? retryAt = response.StatusCode == HttpStatusCode.TooManyRequests ? RetryAt(response.Headers) : null;
        return new XrpcException(response.StatusCode, said?.Error, said?.Message, retryAt);
    }

    /// <summary>When the limit is over as the server says; the longest limits are of a day.</summary>
    private DateTimeOffset RetryAt(HttpResponseHeaders headers)
    {
        var now = time.GetUtcNow();
        var latest = now.AddDays(1);
        if (headers.TryGetValues("RateLimit-Reset", out var values)
            && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds > now.ToUnixTimeSeconds())
            return seconds < latest.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : latest;
        var after = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > now => date - now,
            _ => TimeSpan.FromMinutes(1),
        };
        return after < TimeSpan.FromDays(1) ? now + after : latest;
    }
}
