using System.Net.Http.Headers;
using Crowd4Care.Load.Mentions;

namespace Crowd4Care.Load.Throughput;

/// <summary>Pushes mentions to the API, in turn to every copy that has it.</summary>
internal sealed class PushClient : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(120) };
    private readonly IReadOnlyList<Uri> servers;
    private int turn;

    public PushClient(IReadOnlyList<Uri> servers, string key)
    {
        this.servers = servers;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Pushes one batch; anything but success is an error.</summary>
    public async Task PushAsync(PostBatch batch, CancellationToken cancellationToken)
    {
        var server = servers[(Interlocked.Increment(ref turn) & int.MaxValue) % servers.Count];
        using var body = new ByteArrayContent(batch.Body);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.PostAsync(new Uri(server, "/api/v1/mentions"), body, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"Pushing was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    /// <summary>Pushes all as fast as they are taken, <paramref name="atOnce"/> requests at a time.</summary>
    public Task PushAllAsync(IEnumerable<PostBatch> batches, int atOnce, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            batches, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (batch, token) => await PushAsync(batch, token));

    public void Dispose() => http.Dispose();
}
