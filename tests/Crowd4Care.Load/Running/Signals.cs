using System.Runtime.InteropServices;

namespace Crowd4Care.Load.Running;

/// <summary>Sends signals to processes by their ids.</summary>
internal static class Signals
{
    private const int Interrupted = 2;
    private const int Killed = 9;
    private const int Terminated = 15;
    private const int Continued = 18;
    private const int Stopped = 19;

    /// <summary>Asks to end.</summary>
    public static void End(int pid) => Send(pid, Terminated);

    /// <summary>Asks to end as Ctrl-C does.</summary>
    public static void Interrupt(int pid) => Send(pid, Interrupted);

    /// <summary>Ends at once, as a power cut would.</summary>
    public static void Kill(int pid) => Send(pid, Killed);

    /// <summary>Halts: the process keeps its connections and does nothing.</summary>
    public static void Stop(int pid) => Send(pid, Stopped);

    /// <summary>Lets a halted process go on.</summary>
    public static void Continue(int pid) => Send(pid, Continued);

    /// <summary>A process and all that it has started, parents first.</summary>
    public static IReadOnlyList<int> Family(int pid)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: ProcessFacts.ParentOf(id)))
            .ToLookup(p => p.Parent, p => p.Id);
        var family = new List<int> { pid };
        for (var i = 0; i < family.Count; i++)
            family.AddRange(children[family[i]]);
        return family;
    }

    private static void Send(int pid, int signal)
    {
        // 0 and negative numbers would mean whole groups.
        if (pid > 1)
            _ = kill(pid, signal);
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
