using System.Diagnostics;
using System.Globalization;

namespace Crowd4Care.Load.Running;

/// <summary>A server of the rig's own, started by the pieces of the test bed on a port that stays: it can be killed and started again.</summary>
internal sealed class PrivateServer(string name, string bed, int port)
{
    public string Name => name;

    public int Port => port;

    /// <summary>The id of its first process; 0 while it does not run.</summary>
    public int Pid
    {
        get
        {
            var file = Path.Combine(bed, $"{name}.pid");
            return File.Exists(file) && int.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Directory.Exists($"/proc/{pid}") ? pid : 0;
        }
    }

    /// <summary>Processor seconds of all its processes.</summary>
    public double CpuSeconds => Pid == 0 ? 0 : Signals.Family(Pid).Sum(ProcessFacts.CpuSeconds);

    /// <summary>Starts it and waits until it answers.</summary>
    public Task StartAsync(CancellationToken cancellationToken) =>
        Script.RunAsync("ops/testbed/server", [bed, name, port.ToString(CultureInfo.InvariantCulture)], cancellationToken);

    /// <summary>Ends it and all that it has started with SIGKILL, and waits until they are gone: some servers don't start beside a rest of themselves.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        var family = Pid is > 0 and var pid ? Signals.Family(pid) : [];
        foreach (var one in family)
            Signals.Kill(one);
        while (family.Any(one => Directory.Exists($"/proc/{one}")))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
    }

    /// <summary>Halts it and all that it has started.</summary>
    public void Stop() => ForEach(Signals.Stop);

    /// <summary>Lets it go on.</summary>
    public void Continue() => ForEach(Signals.Continue);

    private void ForEach(Action<int> send)
    {
        if (Pid is > 0 and var pid)
        {
            foreach (var one in Signals.Family(pid))
                send(one);
        }
    }
}

/// <summary>Runs the repository's scripts.</summary>
internal static class Script
{
    public static async Task RunAsync(string script, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, script), arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{script} can't be started.");
        // Nobody reads what it prints, but the pipe must not fill up; and servers that it leaves behind hold it open.
        var errors = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
                errors.Add(line.Data ?? "");
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        while (!process.HasExited)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        lock (errors)
        {
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{script} {string.Join(' ', arguments)} failed: {string.Join(" | ", errors.TakeLast(10))}");
        }
    }
}
