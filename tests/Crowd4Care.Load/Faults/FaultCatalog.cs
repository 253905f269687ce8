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
        .. disk is null ? [] : new[] { Fault.Of("disk full", disk.Fill, disk.Empty) },
    ];

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
        new[] { ProxyMode.Cut, ProxyMode.Blackhole, ProxyMode.Slow }.Select(mode =>
            Fault.Of($"{mode.ToString().ToLowerInvariant()} {proxy.Name}", () => proxy.Become(mode), () => proxy.Become(ProxyMode.Pass)));
}
