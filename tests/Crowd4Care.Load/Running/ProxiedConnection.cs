using System.Net;
using System.Net.Sockets;

namespace Crowd4Care.Load.Running;

/// <summary>One connection through a <see cref="TcpProxy"/>: from its client, and on to the server.</summary>
internal sealed class ProxiedConnection(Socket client) : IDisposable
{
    private const int SlowPiece = 512;
    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(60);

    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource end = new();
    private volatile TaskCompletionSource passing = Open();
    private volatile bool slow;
    private volatile bool forgotten;

    /// <summary>Behaves so from now on.</summary>
    public void Become(ProxyMode mode)
    {
        slow = mode == ProxyMode.Slow;
        if (mode == ProxyMode.Blackhole)
            passing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        else
            passing.TrySetResult();
        if (mode == ProxyMode.HalfOpen)
            forgotten = true;
        // Not here and now: what follows it would run inside of the proxy's lock.
        if (mode == ProxyMode.Cut)
            _ = end.CancelAsync();
    }

    /// <summary>Passes on until either side is gone.</summary>
    public async Task RunAsync(int behind)
    {
        try
        {
            client.NoDelay = true;
            await passing.Task.WaitAsync(end.Token);
            await server.ConnectAsync(IPAddress.Loopback, behind, end.Token);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Nobody is there, or the connection was cut.
        }
    }

    public void Dispose()
    {
        end.Cancel();
        Reset(client);
        Reset(server);
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(slow ? buffer.AsMemory(0, SlowPiece) : buffer, end.Token) is > 0 and var count)
            {
                if (slow)
                    await Task.Delay(SlowPause, TimeProvider.System, end.Token);
                await passing.Task.WaitAsync(end.Token);
                for (var sent = 0; sent < count && !forgotten;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), end.Token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side is gone.
        }

        // What the server does with a forgotten connection, its client does not hear.
        if (forgotten && from == server)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Lingering for no time sends a reset instead of a farewell.
    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Never connected, or gone.
        }

        socket.Dispose();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
