using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Server.Tests.Bluesky;

/// <summary>
/// Stands between the product and a personal data server and passes everything on. When it is told to, it lets the next new record
/// through to the network, but not the answer back: it does something else instead.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private readonly WebApplication app;
    private readonly Uri behind;
    private Func<Task>? cut;

    private CuttingProxy(WebApplication app, Uri behind) => (this.app, this.behind) = (app, behind);

    public string Address => app.Urls.Single();

    /// <summary>How many records were asked for.</summary>
    public int Created { get; private set; }

    public static async Task<CuttingProxy> StartAsync(Uri behind)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var proxy = new CuttingProxy(app, behind);
        app.Run(proxy.PassAsync);
        await app.StartAsync();
        return proxy;
    }

    /// <summary>Does this instead of the answer to the next new record.</summary>
    public void CutNext(Func<Task> instead) => cut = instead;

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var answer = await Http.SendAsync(await RequestAsync(context.Request));
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (context.Request.Path.Value!.EndsWith("/com.atproto.repo.createRecord", StringComparison.Ordinal))
        {
            Created++;
            if (Interlocked.Exchange(ref cut, null) is { } instead)
            {
                await instead();
                context.Abort();
                return;
            }
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await context.Response.Body.WriteAsync(Rewrite(context.Request.Path, body));
    }

    private async Task<HttpRequestMessage> RequestAsync(HttpRequest request)
    {
        var passed = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(behind, $"{request.Path}{request.QueryString}"));
        if (request.ContentLength > 0 || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            passed.Content = new ByteArrayContent(body.ToArray());
            if (request.ContentType is not null)
                passed.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        foreach (var name in new[] { "Authorization", "atproto-proxy" })
        {
            if (request.Headers.TryGetValue(name, out var value))
                passed.Headers.TryAddWithoutValidation(name, (string?)value);
        }

        return passed;
    }

    // The account's document names the server itself, and clients follow it: without the document they stay here.
    private static byte[] Rewrite(PathString path, byte[] body)
    {
        if (!path.Value!.EndsWith("Session", StringComparison.Ordinal) || JsonNode.Parse(body) is not JsonObject session)
            return body;

        session.Remove("didDoc");
        return System.Text.Encoding.UTF8.GetBytes(session.ToJsonString());
    }
}
