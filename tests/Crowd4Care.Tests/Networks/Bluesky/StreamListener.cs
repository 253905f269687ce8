using Crowd4Care.Contracts;
using Crowd4Care.Networks;

namespace Crowd4Care.Tests.Networks.Bluesky;

/// <summary>Reads a stream in the background and keeps what it gave.</summary>
internal sealed class StreamListener : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<StreamBatch> batches = [];
    private readonly Task reading;

    public StreamListener(IPostStream stream, string? cursor = null) => reading = Task.Run(() => ReadAsync(stream, cursor));

    public IReadOnlyList<NetworkPost> Posts => Of(b => b.Posts);

    public IReadOnlyList<string> Deleted => Of(b => b.Deleted);

    public IReadOnlyList<string> DeletedAuthors => Of(b => b.DeletedAuthors);

    public IReadOnlyList<StreamBatch> Batches => Of(b => (IEnumerable<StreamBatch>)[b]);

    public string? Cursor => Of(b => (IEnumerable<string?>)[b.Cursor]).LastOrDefault(c => c is not null);

    /// <summary>Waits until something is true of what came.</summary>
    public async Task UntilAsync(Func<StreamListener, bool> satisfied, string what)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(30);
        while (!satisfied(this))
        {
            if (reading.IsFaulted) await reading;
            Assert.That(TimeProvider.System.GetUtcNow(), Is.LessThan(deadline), $"did not happen: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task ReadAsync(IPostStream stream, string? cursor)
    {
        await foreach (var batch in stream.ReadAsync(cursor, stop.Token))
            lock (batches) batches.Add(batch);
    }

    private List<T> Of<T>(Func<StreamBatch, IEnumerable<T>> part)
    {
        lock (batches) return [.. batches.SelectMany(part)];
    }
}
