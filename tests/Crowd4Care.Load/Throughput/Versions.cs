using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Crowd4Care.Load.Throughput;

/// <summary>What ran.</summary>
internal static class Versions
{
    public static string Describe(Size size)
    {
        var sqlite = new Microsoft.Data.Sqlite.SqliteConnection().ServerVersion;
        var own = $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}";
        return size == Size.Embedded
            ? $"{own}, SQLite {sqlite}"
            : $"{own}, {First("sh", "-c", "ls -d /usr/lib/postgresql/* | sort -V | tail -n 1 | sed 's,.*/,PostgreSQL ,'")}, "
                + $"{First("redis-server", "--version")}, RabbitMQ {First("sh", "-c", "ls -d /usr/lib/rabbitmq/lib/rabbitmq_server-* | sed 's/.*-//'")}";
    }

    private static string First(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true });
            return process?.StandardOutput.ReadLine()?.Split(" sha=")[0] ?? "?";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "?";
        }
    }
}
