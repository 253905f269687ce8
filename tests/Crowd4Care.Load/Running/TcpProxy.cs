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

    /// <summary>Keeps connections open and passes nothing on; what was held back goes on when it passes again.</summary>
    Blackhole,

    /// <summary>The other side has forgotten all connections that there are and never says so; new ones work.</summary>
    HalfOpen,

    /// <summary>Passes on in small pieces, each late.</summary>
    Slow,
}

/// <summary>Stands on loopback between two programs that speak TCP.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly int behind;
    private readonly CancellationTokenSource stop = new();
    private readonly List<ProxiedConnection> connections = [];
    private readonly Task accepting;

    public TcpProxy(string name, int behind)
    {
        (Name, this.behind) = (name, behind);
        listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What stands behind it.</summary>
    public string Name { get; }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ProxyMode Mode { get; private set; }

    /// <summary>Behaves so from now on.</summary>
    public void Become(ProxyMode mode)
    {
        lock (connections)
        {
            Mode = mode;
            foreach (var connection in connections.ToList())
                connection.Become(mode);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Become(ProxyMode.Cut);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
            _ = ServeAsync(await listener.AcceptSocketAsync(stop.Token));
    }

    private async Task ServeAsync(Socket client)
    {
        using var connection = new ProxiedConnection(client);
        lock (connections)
        {
            connections.Add(connection);
            // Half open are only those that were there before.
            connection.Become(Mode == ProxyMode.HalfOpen ? ProxyMode.Pass : Mode);
        }

        await connection.RunAsync(behind);
        lock (connections)
            connections.Remove(connection);
    }
}
