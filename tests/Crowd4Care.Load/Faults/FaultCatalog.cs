using System.Net;
using System.Net.Sockets;
using Crowd4Care.Load.Running;

namespace Crowd4Care.Load.Faults;

/// <summary>Everything that can be broken in an installation.</summary>
internal static class FaultCatalog
{
    public static IReadOnlyList<Fault> Of(Installation installation, IReadOnlyCollection<TcpProxy> proxies, LimitedDisk? disk) =>
    [
        .. installation.Processes.SelectMany(OfProcess),
        .. installation.Servers.SelectMany(OfServer),
        .. proxies.SelectMany(OfConnection),
        .. installation.Servers.Where(s => s.Name == Installation.RedisName).Select(Flush),
        .. disk is null ? [] : new[] { Full(installation, disk) },
    ];

    // A database that can't write any more may end itself.
    private static Fault Full(Installation installation, LimitedDisk disk) => new(
        "disk full",
        _ =>
        {
            disk.Fill();
            return Task.CompletedTask;
        },
        async token =>
        {
            disk.Empty();
            foreach (var server in installation.Servers.Where(s => s.Pid == 0))
                await server.StartAsync(token);
        });

    private static Fault Flush(PrivateServer redis) => new(
        "flush redis",
        async token =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, redis.Port, token);
            await client.GetStream().WriteAsync("FLUSHALL\r\n"u8.ToArray(), token);
            await client.GetStream().ReadExactlyAsync(new byte[5], token);
        },
        _ => Task.CompletedTask);

    private static IEnumerable<Fault> OfProcess(CrowdProcess process)
    {
        yield return new Fault($"kill {process.Name}", _ => process.KillAsync(), _ =>
        {
            process.Start();
            return Task.CompletedTask;
        });
        yield return Fault.Of($"halt {process.Name}", () => Signals.Stop(process.Pid), () => Signals.Continue(process.Pid));
    }

    private static IEnumerable<Fault> OfServer(PrivateServer server)
    {
        yield return new Fault($"kill {server.Name}", server.KillAsync, server.StartAsync);
        yield return Fault.Of($"halt {server.Name}", server.Stop, server.Continue);
    }

    private static IEnumerable<Fault> OfConnection(TcpProxy proxy) =>
        new[] { (ProxyMode.Cut, "cut"), (ProxyMode.Blackhole, "swallow"), (ProxyMode.HalfOpen, "half-open"), (ProxyMode.Slow, "slow") }.Select(way =>
            Fault.Of($"{way.Item2} {proxy.Name}", () => proxy.Become(way.Item1), () => proxy.Become(ProxyMode.Pass)));
}
