using System.Diagnostics;
using System.Globalization;

namespace Crowd4Care.Load.Running;

/// <summary>A server of the rig's own, started by the pieces of the test bed on a port that stays: it can be killed and started again.</summary>
internal sealed class PrivateServer(string name, string bed, int port)
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(10);

    public string Name => name;

    public int Port => port;

    /// <summary>The id of its first process; 0 while it does not run.</summary>
    public int Pid
    {
        get
        {
            var file = Path.Combine(bed, $"{name}.pid");
            return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
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
        await GoneAsync(family, cancellationToken);
    }

    /// <summary>Asks it to end, and ends it by force when it does not.</summary>
    public async Task EndAsync()
    {
        if (Pid is not (> 0 and var pid))
            return;

        var family = Signals.Family(pid);
        Continue();
        // PostgreSQL waits for its clients when it is asked in the other way.
        if (name == Installation.PostgresName)
            Signals.Interrupt(pid);
        else
            Signals.End(pid);
        using var patience = new CancellationTokenSource(TimeToEnd, TimeProvider.System);
        try
        {
            await GoneAsync(family, patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync(CancellationToken.None);
        }
    }

    /// <summary>Halts it and all that it has started.</summary>
    public void Stop() => ForEach(Signals.Stop);

    /// <summary>Lets it go on.</summary>
    public void Continue() => ForEach(Signals.Continue);

    private static async Task GoneAsync(IReadOnlyList<int> pids, CancellationToken cancellationToken)
    {
        while (pids.Any(pid => Directory.Exists($"/proc/{pid}")))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
    }

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
