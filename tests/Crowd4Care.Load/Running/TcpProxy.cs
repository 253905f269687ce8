using System.Net;
using System.Net.Sockets;

namespace Crowd4Care.Load.Running;

/// <summary>What a proxy does with what goes through it.</summary>
internal enum ProxyMode
{
    /// <summary>Passes everything on.</summary>
    Pass,

    /// <summary>Resets every connection, and refuses new ones.</summary>
    Cut,

    /// <summary>Keeps connections open and passes nothing on: the other side seems to be there and says nothing.</summary>
    Blackhole,

    /// <summary>Passes on in small pieces, each late.</summary>
    Slow,
}

/// <summary>Stands on loopback between two programs that speak TCP.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int SlowPiece = 512;
    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(60);

    private readonly TcpListener listener;
    private readonly int behind;
    private readonly CancellationTokenSource stop = new();
    private readonly HashSet<Socket> open = [];
    private readonly Task accepting;
    private TaskCompletionSource passing = Done();

    public TcpProxy(string name, int behind, int port = 0)
    {
        (Name, this.behind) = (name, behind);
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What stands behind it.</summary>
    public string Name { get; }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ProxyMode Mode { get; private set; }

    /// <summary>Behaves so from now on. Connections that were swallowed are reset when it passes again: as after a broken cable.</summary>
    public void Become(ProxyMode mode)
    {
        var swallowed = Mode == ProxyMode.Blackhole;
        Mode = mode;
        if (mode == ProxyMode.Blackhole)
            passing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        else
            passing.TrySetResult();
        if (mode == ProxyMode.Cut || swallowed)
            ResetAll();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        passing.TrySetResult();
        ResetAll();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var client = await listener.AcceptSocketAsync(stop.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            client.NoDelay = true;
            Keep(client, server);
            if (Mode == ProxyMode.Cut)
                return;

            await passing.Task.WaitAsync(stop.Token);
            await server.ConnectAsync(IPAddress.Loopback, behind, stop.Token);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side is gone.
        }
        finally
        {
            Forget(client, server);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(Mode == ProxyMode.Slow ? buffer.AsMemory(0, SlowPiece) : buffer, stop.Token) is > 0 and var count)
            {
                if (Mode == ProxyMode.Slow)
                    await Task.Delay(SlowPause, TimeProvider.System, stop.Token);
                await passing.Task.WaitAsync(stop.Token);
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), stop.Token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side is gone.
        }
    }

    private void Keep(params Socket[] sockets)
    {
        lock (open)
            open.UnionWith(sockets);
    }

    private void Forget(params Socket[] sockets)
    {
        lock (open)
            open.ExceptWith(sockets);
        foreach (var socket in sockets)
            Reset(socket);
    }

    private void ResetAll()
    {
        List<Socket> all;
        lock (open)
        {
            all = [.. open];
            open.Clear();
        }

        all.ForEach(Reset);
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

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
