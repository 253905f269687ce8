using Crowd4Care.Networks;
using Crowd4Care.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Ingestion;

/// <summary>
/// Listens on every stream of every enabled channel, and starts again when a channel's settings change. Of several copies one listens on a
/// channel, the one that has its lease; when it dies, another takes over.
/// </summary>
public sealed partial class ChannelListeners(
    ChannelStore channels, ChannelHealthStore health, NetworkCatalog networks, Intake intake, Leases leases, TimeProvider clock, ILogger<ChannelListeners> logger) : BackgroundService
{
    private static readonly TimeSpan LookForChanges = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LeaseLasts = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReportAfter = TimeSpan.FromSeconds(15);

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
            await Task.WhenAll(listening.Values.Select(StopAsync));
        }
    }

    private async Task FollowSettingsAsync(CancellationToken cancellationToken)
    {
        // First, so that nothing below makes it late.
        foreach (var running in listening.Values)
            await RenewAsync(running, cancellationToken);

        var wanted = (await channels.ListAsync(null, cancellationToken)).Where(c => c.DisabledAt is null).ToDictionary(c => c.Id);
        foreach (var (id, running) in listening.ToList())
        {
            if (wanted.GetValueOrDefault(id)?.UpdatedAt != running.Since || running.Stop.IsCancellationRequested)
            {
                listening.Remove(id);
                await StopAsync(running);
            }
        }

        foreach (var channel in wanted.Values.Where(c => !listening.ContainsKey(c.Id)))
        {
            if (networks.TryGet(channel.Network, out var network) && await StartAsync(channel, network, cancellationToken) is { } started)
                listening[channel.Id] = started;
        }
    }

    private async Task<Listening?> StartAsync(Channel channel, INetwork network, CancellationToken stopping)
    {
        if (await leases.TakeAsync($"channel:{channel.Id}", LeaseLasts, stopping) is not { } lease
            || await channels.ConnectAsync(channel.Id, stopping) is not { } connection)
            return null;

        var running = new Listening(channel.UpdatedAt, lease, CancellationTokenSource.CreateLinkedTokenSource(stopping));
        // Task.Run: a stream may begin with work that does not yield.
        running.Work = Task.Run(() => ListenAsync(network, connection, running), CancellationToken.None);
        return running;
    }

    private async Task RenewAsync(Listening running, CancellationToken cancellationToken)
    {
        if (running.Stop.IsCancellationRequested || clock.GetUtcNow() < running.Lease.ExpiresAt - (LeaseLasts - RenewAfter))
            return;

        if (await leases.RenewAsync(running.Lease, LeaseLasts, cancellationToken) is { } renewed)
            running.Lease = renewed;
        else
            await LoseAsync(running);
    }

    private async Task LoseAsync(Listening running)
    {
        Log.TakenOver(logger, running.Lease.Name);
        await running.Stop.CancelAsync();
    }

    private async Task StopAsync(Listening running)
    {
        await running.Stop.CancelAsync();
        await running.Work;
        running.Stop.Dispose();
        try
        {
            await leases.ReleaseAsync(running.Lease);
        }
        catch (System.Data.Common.DbException e)
        {
            // It runs out by itself.
            Log.SettingsUnreadable(logger, e);
        }
    }

    private async Task ListenAsync(INetwork network, ChannelConnection channel, Listening running)
    {
        IReadOnlyList<IPostStream> streams;
        try
        {
            streams = network.Streams(channel);
        }
        catch (NetworkException e)
        {
            await TryReportAsync(channel.Id, "settings", e);
            return;
        }

        await Task.WhenAll(streams.Select(stream => ListenAsync(stream, channel, running)));
    }

    private async Task ListenAsync(IPostStream stream, ChannelConnection channel, Listening running)
    {
        var cancellationToken = running.Stop.Token;
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                var cursor = await channels.CursorAsync(channel.Id, stream.Name, cancellationToken);
                var (reported, trouble) = (DateTimeOffset.MinValue, (ChannelTrouble?)null);
                await foreach (var batch in stream.ReadAsync(cursor, cancellationToken))
                {
                    var stored = batch.IsEmpty ? 0 : (await intake.StoreAsync(channel, stream.Name, batch, running.Lease, cancellationToken)).Stored.Count;
                    failures = 0;
                    if (batch.Trouble != trouble || clock.GetUtcNow() - reported > ReportAfter)
                    {
                        await health.ReportAsync(channel.Id, stream.Name, batch.Trouble, batch.Position, cancellationToken);
                        (reported, trouble) = (clock.GetUtcNow(), batch.Trouble);
                    }

                    if (stored > 0)
                        Log.Heard(logger, stored, stream.Name, channel.Network);
                }

                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (LeaseLostException)
            {
                await LoseAsync(running);
                return;
            }
            catch (Exception e)
            {
                failures++;
                Log.StreamFailed(logger, stream.Name, channel.Network, e);
                await TryReportAsync(channel.Id, stream.Name, e);
                await PauseAsync(failures, cancellationToken);
            }
        }
    }

    private async Task TryReportAsync(Guid channelId, string part, Exception error)
    {
        try
        {
            await health.ReportAsync(channelId, part, ChannelTrouble.Of(error));
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

    private sealed class Listening(DateTimeOffset since, Lease lease, CancellationTokenSource stop)
    {
        public DateTimeOffset Since => since;

        public CancellationTokenSource Stop => stop;

        public Lease Lease { get; set; } = lease;

        public Task Work { get; set; } = Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Heard {Count} new mentions on {Stream} of {Network}")]
        public static partial void Heard(ILogger logger, int count, string stream, string network);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Listening on {Stream} of {Network} failed; it goes on after a pause")]
        public static partial void StreamFailed(ILogger logger, string stream, string network, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Another copy has taken over {Lease}; this one stops listening")]
        public static partial void TakenOver(ILogger logger, string lease);

        [LoggerMessage(Level = LogLevel.Error, Message = "The channels' settings can't be read or written now")]
        public static partial void SettingsUnreadable(ILogger logger, Exception exception);
    }
}
