using System.Diagnostics;

namespace Crowd4Care.Load.Running;

/// <summary>
/// One process of the product, as built: at a fixed address, so that it can be killed and started again. What it prints goes to a file.
/// </summary>
internal sealed class CrowdProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(40);

    private readonly IReadOnlyList<string> arguments;
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly string log;
    private readonly Lock writing = new();
    private Process? process;
    private double cpuOfTheDead;

    public CrowdProcess(string name, Uri address, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings, string folder)
    {
        (Name, Address, this.settings) = (name, address, settings);
        this.arguments = ["serve", "--urls", address.GetLeftPart(UriPartial.Authority), .. arguments];
        log = Path.Combine(folder, $"{name}.log");
    }

    /// <summary>The role and the number of the copy.</summary>
    public string Name { get; }

    /// <summary>Where it answers, also after a restart.</summary>
    public Uri Address { get; }

    /// <summary>Its id now; 0 while it does not run.</summary>
    public int Pid => process is { HasExited: false } running ? running.Id : 0;

    /// <summary>Processor seconds of all its lives.</summary>
    public double CpuSeconds => cpuOfTheDead + (Pid > 0 ? ProcessFacts.CpuSeconds(Pid) : 0);

    /// <summary>Starts it; it does not answer yet.</summary>
    public void Start()
    {
        process?.Dispose();
        process = new Process { StartInfo = CrowdProgram.StartInfo(arguments, settings) };
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (Pid == 0)
                throw new InvalidOperationException($"{Name} ended before it was ready. The end of its log: {Tail()}");
            if (TimeProvider.System.GetElapsedTime(started) > LongestStart)
                throw new TimeoutException($"{Name} was not ready within {LongestStart.TotalSeconds:0} s. The end of its log: {Tail()}");
            if (await IsReadyAsync(http, cancellationToken))
                return;

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Ends it with SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (process is null)
            return;

        cpuOfTheDead = CpuSeconds;
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, and ends it by force when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (process is null)
            return;

        Signals.Continue(Pid);
        Signals.End(Pid);
        using var patience = new CancellationTokenSource(TimeToEnd, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }

        process.Dispose();
        process = null;
    }

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address, "/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Note(string? line)
    {
        if (line is null)
            return;

        lock (writing)
            File.AppendAllText(log, line + '\n');
    }

    private string Tail() => File.Exists(log) ? string.Join(" | ", File.ReadLines(log).TakeLast(8)) : "(empty)";
}
