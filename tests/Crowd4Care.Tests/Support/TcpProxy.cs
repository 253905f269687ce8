using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Crowd4Care.Tests.Support;

/// <summary>Stands before a server. Closed, it breaks all connections and takes none: the server is away.</summary>
internal sealed class TcpProxy(Uri behind) : IAsyncDisposable
{
    private readonly ConcurrentBag<TcpClient> connections = [];
    private readonly int port = FreePort();
    private TcpListener? listener;
    private Task accepting = Task.CompletedTask;

    public Uri Address => new UriBuilder(behind) { Host = "127.0.0.1", Port = port }.Uri;

    public void Open()
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        accepting = AcceptAsync(listener);
    }

    public async Task CloseAsync()
    {
        listener?.Stop();
        while (connections.TryTake(out var connection))
            connection.Dispose();
        await accepting;
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task AcceptAsync(TcpListener open)
    {
        try
        {
            while (true)
            {
                var from = await open.AcceptTcpClientAsync();
                var to = new TcpClient();
                connections.Add(from);
                connections.Add(to);
                await to.ConnectAsync(behind.Host, behind.Port);
                _ = PassAsync(from, to);
                _ = PassAsync(to, from);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private static async Task PassAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Broken, as it may be.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
