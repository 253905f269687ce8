using Crowd4Care.Load.Running;

namespace Crowd4Care.Load.Throughput;

/// <summary>What processes use from now on.</summary>
internal sealed class Usage
{
    private const string Rig = "rig";

    private readonly Installation installation;
    private readonly Dictionary<string, double> before;

    public Usage(Installation installation)
    {
        this.installation = installation;
        before = Totals();
    }

    /// <summary>Processor seconds since then, by process.</summary>
    public Dictionary<string, double> CpuSeconds() => Totals().ToDictionary(t => t.Key, t => Math.Round(t.Value - before[t.Key], 2));

    /// <summary>The part of the product's own processes.</summary>
    public double OfProduct(IReadOnlyDictionary<string, double> cpu) => installation.Processes.Sum(p => cpu[p.Name]);

    /// <summary>Memory in use now.</summary>
    public Dictionary<string, double> ResidentMebibytes() => installation.Processes.ToDictionary(p => p.Name, p => Math.Round(ProcessFacts.ResidentMebibytes(p.Pid)));

    private Dictionary<string, double> Totals()
    {
        var totals = installation.Processes.ToDictionary(p => p.Name, p => p.CpuSeconds);
        foreach (var server in installation.Servers)
            totals[server.Name] = server.CpuSeconds;
        totals[Rig] = ProcessFacts.CpuSeconds(Environment.ProcessId);
        return totals;
    }
}
