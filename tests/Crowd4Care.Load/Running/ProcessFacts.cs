using System.Globalization;

namespace Crowd4Care.Load.Running;

/// <summary>What the kernel says of a process.</summary>
internal static class ProcessFacts
{
    // USER_HZ: 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Processor seconds so far, its own and those of its ended children; 0 when it is gone.</summary>
    public static double CpuSeconds(int pid)
    {
        var fields = Fields(pid);
        return fields.Length < 15 ? 0 : (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / TicksPerSecond;
    }

    /// <summary>Memory in use, in mebibytes; 0 when it is gone.</summary>
    public static double ResidentMebibytes(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? 0 : Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>The id of the process that started it; 0 when it is gone.</summary>
    public static int ParentOf(int pid) => Fields(pid) is [_, var parent, ..] ? (int)Number(parent) : 0;

    // The name, in parentheses, may hold anything.
    private static string[] Fields(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
