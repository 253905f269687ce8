using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Crowd4Care.Load.Desks;

/// <summary>Somebody's desk, open: listens to the live updates and notes when it first heard of each mention after each change.</summary>
internal sealed class OpenDesk(HttpClient http, Uri server, string key) : IAsyncDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task listening = Task.CompletedTask;

    public string Key => key;

    /// <summary>When it heard of a mention, each time. Only of mentions that are waited for.</summary>
    public ConcurrentDictionary<Guid, ConcurrentQueue<DateTimeOffset>> Heard { get; } = new();

    /// <summary>Opens it; done when the server has said the first word.</summary>
    public Task OpenAsync()
    {
        listening = ListenAsync();
        return open.Task.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        closing.Dispose();
    }

    private async Task ListenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/desk/live"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, closing.Token);
            answer.EnsureSuccessStatusCode();
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(closing.Token));
            while (await reader.ReadLineAsync(closing.Token) is { } line)
            {
                open.TrySetResult();
                if (line.StartsWith("data: {", StringComparison.Ordinal))
                    Note(line.AsMemory("data: ".Length));
            }
        }
        catch (Exception e) when (!closing.IsCancellationRequested)
        {
            open.TrySetException(e);
            throw;
        }
    }

    private void Note(ReadOnlyMemory<char> json)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var change = JsonDocument.Parse(json);
        if (change.RootElement.GetProperty("mentions") is not { ValueKind: JsonValueKind.Array } mentions)
            return;

        foreach (var mention in mentions.EnumerateArray())
            Heard.GetOrAdd(mention.GetGuid(), _ => new()).Enqueue(now);
    }
}
