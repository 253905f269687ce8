using Crowd4Care.Networks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Ingestion;

/// <summary>Listens on every stream of every enabled channel, and starts again when a channel's settings change.</summary>
public sealed partial class ChannelListeners(
    ChannelStore channels, NetworkCatalog networks, Intake intake, TimeProvider clock, ILogger<ChannelListeners> logger) : BackgroundService
{
    private static readonly TimeSpan LookForChanges = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly Dictionary<Guid, Listening> listening = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookForChanges, clock);
        try
        {
            do
            {
                try
                {
                    await FollowSettingsAsync(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.SettingsUnreadable(logger, e);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await Task.WhenAll(listening.Values.Select(l => l.StopAsync()));
        }
    }

    private async Task FollowSettingsAsync(CancellationToken cancellationToken)
    {
        var wanted = (await channels.ListAsync(null, cancellationToken)).Where(c => c.DisabledAt is null).ToDictionary(c => c.Id);
        foreach (var (id, running) in listening.ToList())
        {
            if (wanted.GetValueOrDefault(id)?.UpdatedAt != running.Since)
            {
                listening.Remove(id);
                await running.StopAsync();
            }
        }

        foreach (var channel in wanted.Values.Where(c => !listening.ContainsKey(c.Id) && networks.TryGet(c.Network, out _)))
        {
            var connection = await channels.ConnectAsync(channel.Id, cancellationToken);
            if (connection is not null)
                listening[channel.Id] = Start(channel, connection, cancellationToken);
        }
    }

    private Listening Start(Channel channel, ChannelConnection connection, CancellationToken stopping)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        networks.TryGet(channel.Network, out var network);
        // Task.Run: a stream may begin with work that does not yield.
        return new Listening(channel.UpdatedAt, stop, Task.Run(() => ListenAsync(network!, connection, stop.Token), CancellationToken.None));
    }

    private async Task ListenAsync(INetwork network, ChannelConnection channel, CancellationToken cancellationToken)
    {
        IReadOnlyList<IPostStream> streams;
        try
        {
            streams = network.Streams(channel);
        }
        catch (NetworkException e)
        {
            await channels.ReportAsync(channel.Id, e.Message, cancellationToken);
            return;
        }

        await Task.WhenAll(streams.Select(stream => ListenAsync(stream, channel, cancellationToken)));
    }

    private async Task ListenAsync(IPostStream stream, ChannelConnection channel, CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                var cursor = await channels.CursorAsync(channel.Id, stream.Name, cancellationToken);
                var reported = DateTimeOffset.MinValue;
                await foreach (var batch in stream.ReadAsync(cursor, cancellationToken))
                {
                    var result = await intake.StoreAsync(channel, stream.Name, batch, cancellationToken);
                    failures = 0;
                    if (clock.GetUtcNow() - reported > TimeSpan.FromSeconds(30))
                    {
                        await channels.ReportAsync(channel.Id, null, cancellationToken);
                        reported = clock.GetUtcNow();
                    }

                    if (result.Stored.Count > 0)
                        Log.Heard(logger, result.Stored.Count, stream.Name, channel.Network);
                }

                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failures++;
                Log.StreamFailed(logger, stream.Name, channel.Network, e);
                await TryReportAsync(channel.Id, $"{stream.Name}: {e.Message}");
                await PauseAsync(failures, cancellationToken);
            }
        }
    }

    private async Task TryReportAsync(Guid channelId, string error)
    {
        try
        {
            await channels.ReportAsync(channelId, error);
        }
        catch (Exception e) when (e is System.Data.Common.DbException)
        {
            Log.SettingsUnreadable(logger, e);
        }
    }

    private async Task PauseAsync(int failures, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(failures, 10))));
        try
        {
            await Task.Delay(pause, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The loop ends.
        }
    }

    private sealed record Listening(DateTimeOffset Since, CancellationTokenSource Stop, Task Work)
    {
        public async Task StopAsync()
        {
            await Stop.CancelAsync();
            await Work;
            Stop.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Heard {Count} new mentions on {Stream} of {Network}")]
        public static partial void Heard(ILogger logger, int count, string stream, string network);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Listening on {Stream} of {Network} failed; it goes on after a pause")]
        public static partial void StreamFailed(ILogger logger, string stream, string network, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "The channels' settings can't be read or written now")]
        public static partial void SettingsUnreadable(ILogger logger, Exception exception);
    }
}
