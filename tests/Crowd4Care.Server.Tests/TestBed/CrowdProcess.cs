using System.Diagnostics;

namespace Crowd4Care.Server.Tests.TestBed;

/// <summary>The built program in a process of its own, as a person starts it. Ended by its process id, at the latest when disposed of.</summary>
public sealed class CrowdProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process process;
    private readonly Lines output = new();
    private readonly Lines errors = new();
    private bool disposed;

    private CrowdProcess(Process process) => this.process = process;

    /// <summary>Everything that it has printed on standard output so far.</summary>
    public string Output => output.Text;

    /// <summary>Everything that it has printed on standard error so far.</summary>
    public string Errors => errors.Text;

    /// <summary>Starts the program with these arguments.</summary>
    public static CrowdProcess Start(CrowdCommand command)
    {
        var start = new ProcessStartInfo(DotNet)
        {
            WorkingDirectory = command.Directory ?? Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Program);
        foreach (var argument in command.Arguments)
            start.ArgumentList.Add(argument);
        // What the machine says must not change what a test sees.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("CROWD4CARE", StringComparison.Ordinal) || n.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in command.Settings)
            start.Environment[$"CROWD4CARE__{name.Replace(":", "__", StringComparison.Ordinal)}"] = value;

        var process = new Process { StartInfo = start };
        var crowd = new CrowdProcess(process);
        process.OutputDataReceived += (_, line) => crowd.output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => crowd.errors.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return crowd;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<CommandResult> RunAsync(CrowdCommand command)
    {
        await using var crowd = Start(command);
        await crowd.process.StandardInput.WriteAsync(command.Input);
        crowd.process.StandardInput.Close();
        return await crowd.EndAsync();
    }

    /// <summary>Waits for a line of standard output that starts so, and gives the rest of it.</summary>
    public async Task<string> SaysAsync(string start)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            var news = output.NewsAsync();
            if (output.StartingWith(start) is { } rest)
                return rest;
            if (process.HasExited)
                throw new InvalidOperationException($"It ended with {process.ExitCode} before it said \"{start}\".\n{Output}\n{Errors}");
            try
            {
                await news.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"It did not say \"{start}\".\n{Output}\n{Errors}");
            }
        }
    }

    /// <summary>Waits until it has ended.</summary>
    public async Task<CommandResult> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await process.WaitForExitAsync(patience.Token);
        return new CommandResult(process.ExitCode, Output, Errors);
    }

    /// <summary>Ends it with SIGKILL, as a power cut would. False when it had ended by itself.</summary>
    public async Task<bool> KillAsync()
    {
        var running = !process.HasExited;
        if (running)
            process.Kill();
        await process.WaitForExitAsync();
        return running && process.ExitCode != 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;

        disposed = true;
        await KillAsync();
        process.Dispose();
    }

    // The tests run on the same one.
    private static string DotNet =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    // Where it was built, with its static files beside it: tests/X/bin/Release/net10.0 → src/Crowd4Care.Server/bin/Release/net10.0.
    private static string Program { get; } = Path.Combine(
        Repository.Root, "src", "Crowd4Care.Server", Path.GetRelativePath(Repository.Of("tests", "Crowd4Care.Server.Tests"), AppContext.BaseDirectory), "Crowd4Care.Server.dll");

    private sealed class Lines
    {
        private readonly List<string> lines = [];
        private TaskCompletionSource news = Fresh();

        public string Text
        {
            get
            {
                lock (lines)
                    return string.Join('\n', lines);
            }
        }

        /// <summary>Ends with the next line, or the end of the output.</summary>
        public Task NewsAsync()
        {
            lock (lines)
                return news.Task;
        }

        public string? StartingWith(string start)
        {
            lock (lines)
                return lines.Find(l => l.StartsWith(start, StringComparison.Ordinal))?[start.Length..];
        }

        public void Add(string? line)
        {
            lock (lines)
            {
                if (line is not null)
                    lines.Add(line);
                news.TrySetResult();
                news = Fresh();
            }
        }

        private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A command line and what surrounds it.</summary>
public sealed record CrowdCommand(params IReadOnlyList<string> Arguments)
{
    /// <summary>Where the caller stands; a temporary folder if left out.</summary>
    public string? Directory { get; init; }

    /// <summary>What comes on standard input.</summary>
    public string Input { get; init; } = "";

    /// <summary>Configuration by its keys, handed over as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a command left behind.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The lines of standard error.</summary>
    public IReadOnlyList<string> ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
