using System.Diagnostics;

namespace Crowd4Care.Load.Running;

/// <summary>Runs a command of the product to its end.</summary>
internal static class CrowdCommand
{
    /// <summary>Answers what it printed; fails when it failed.</summary>
    public static async Task<string> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = CrowdProgram.StartInfo(arguments, settings ?? new Dictionary<string, string>());
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet can't be started.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{arguments[0]} failed: {await errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}

/// <summary>The product's program: the published one in <c>CROWD4CARE_PROGRAM</c> (a folder), otherwise as it was built beside the rig.</summary>
internal static class CrowdProgram
{
    // Where it was built, with its static files beside it: tests/X/bin/Release/net10.0 → src/Crowd4Care.Server/bin/Release/net10.0.
    private static readonly string Program = Path.Combine(
        Environment.GetEnvironmentVariable("CROWD4CARE_PROGRAM") is { Length: > 0 } published
            ? Path.GetFullPath(published)
            : Path.Combine(
                Repository.Root, "src", "Crowd4Care.Server",
                Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "Crowd4Care.Load"), AppContext.BaseDirectory)),
        "Crowd4Care.Server.dll");

    public static ProcessStartInfo StartInfo(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        // What the machine says must not change what is measured.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("CROWD4CARE", StringComparison.Ordinal) || n.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in settings)
            start.Environment[$"CROWD4CARE__{name.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        return start;
    }
}
