using System.Diagnostics;
using System.Text.Json.Nodes;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Faults;

/// <summary>A few rounds of the fault rig, as a person runs it; <c>ops/faults</c> does it with more rounds.</summary>
public sealed class FaultRigTests
{
    // Deals a process killed, a connection broken and, where there are servers, one of them killed.
    private const string Seed = "248";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Test]
    public Task Nothing_is_lost_or_doubled_while_the_embedded_size_breaks() => SurvivesAsync("embedded");

    [Test]
    public Task Nothing_is_lost_or_doubled_while_the_distributed_size_breaks()
    {
        // It starts servers of its own: those of the tests must live on. That they are there says that they can be had.
        string[] servers = ["POSTGRES", "REDIS", "RABBITMQ"];
        if (servers.Any(s => Environment.GetEnvironmentVariable($"CROWD4CARE_TEST_{s}") is null))
            Assert.Ignore("Needs PostgreSQL, Redis and RabbitMQ, as ops/testbed/up starts them.");
        return SurvivesAsync("distributed", "--copies", "ingest=1", "route=1", "reply=1");
    }

    private static async Task SurvivesAsync(string size, params IEnumerable<string> more)
    {
        using var rig = Process.Start(new ProcessStartInfo("dotnet", [Program, "faults", "--rounds", "3", "--seed", Seed, "--size", size, "--json", .. more])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            var progress = rig.StandardError.ReadToEndAsync(patience.Token);
            var output = await rig.StandardOutput.ReadToEndAsync(patience.Token);
            await rig.WaitForExitAsync(patience.Token);
            TestContext.Out.WriteLine(await progress);

            Assert.That(rig.ExitCode, Is.Zero, await progress);
            var result = JsonNode.Parse(output)!;
            Assert.That(((int)result["rounds"]!, (int)result["lost"]!, (int)result["doubledReplies"]!, (int)result["doubledPoints"]!), Is.EqualTo((3, 0, 0, 0)));
            Assert.That((int)result["accepted"]!, Is.Positive);
            Assert.That((int)result["repliesOnNetwork"]!, Is.Positive, "Nobody answered: nothing could have been doubled.");
        }
        finally
        {
            if (!rig.HasExited)
                rig.Kill(entireProcessTree: true);
        }
    }

    // Where it was built: tests/X/bin/Release/net10.0 → tests/Crowd4Care.Load/bin/Release/net10.0.
    private static string Program { get; } = Path.Combine(
        Repository.Of("tests", "Crowd4Care.Load"), Path.GetRelativePath(Repository.Of("tests", "Crowd4Care.Server.Tests"), AppContext.BaseDirectory), "Crowd4Care.Load.dll");
}
