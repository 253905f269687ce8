using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.State;

/// <summary>A Redis of the test's own: it can be killed, started again on the same port, stopped and continued.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly TempFolder folder = new();
    private Process? process;

    private RedisServer(int port) => Port = port;

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts one on a free port; the test is skipped where there is none to start, or none is wanted.</summary>
    public static async Task<RedisServer> StartNewAsync()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(StateDriver.Variable)))
            Assert.Ignore($"{StateDriver.Variable} is not set.");
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var server = new RedisServer(((IPEndPoint)probe.LocalEndpoint).Port);
        probe.Stop();
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        process = Process.Start(new ProcessStartInfo("redis-server", [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder.FullName,
        ]) { RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        await Poll.UntilAsync(Answers, "Redis answers");
    }

    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    public void Stop() => Signal("STOP");

    public void Continue() => Signal("CONT");

    public void Dispose()
    {
        if (process is not null)
            Kill();
        folder.Dispose();
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.That(kill.ExitCode, Is.Zero);
    }
}
