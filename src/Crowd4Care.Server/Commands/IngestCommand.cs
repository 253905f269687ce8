using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Crowd4Care.Bus;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Ingestion;
using Crowd4Care.Mentions;
using Crowd4Care.Server.Hosting;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Server.Commands;

/// <summary>
/// <c>ingest FILE</c>: imports mentions and waits until they are routed. It runs the pipeline, too, unless a server holds the data folder and
/// the bus is that server's own: then it stores, and the server routes.
/// </summary>
internal static class IngestCommand
{
    private const int ChunkSize = 500;
    private const int MistakesShown = 20;

    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "JSON lines or CSV with a header, plain or gzipped; - is standard input." };
        var brand = CommonOptions.Brand();
        var rate = new Option<double?>("--rate") { Description = "At most so many mentions a second.", HelpName = "N" };
        var json = CommonOptions.Json();
        var data = CommonOptions.Data();
        var command = new Command("ingest", "Imports mentions and sees them routed.") { file, brand, rate, json, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(rate) is <= 0)
                throw new UsageException($"--rate {parsed.GetValue(rate)} is not a rate; a number over 0 is expected.");

            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            var summary = await new Import(host, parsed.GetValue(brand)!, parsed.GetValue(rate)).RunAsync(parsed.GetValue(file)!, cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(summary, JsonSerializerOptions.Web) : summary.ToText());
            return 0;
        });
        return command;
    }

    private sealed class Import(IHost host, string brand, double? rate)
    {
        private readonly Intake intake = host.Services.GetRequiredService<Intake>();
        private readonly TimeProvider clock = host.Services.GetRequiredService<TimeProvider>();
        private readonly List<NetworkPost> pending = new(ChunkSize);
        private readonly List<Guid> stored = [];
        private int duplicates;
        private int rejected;

        public async Task<ImportSummary> RunAsync(string file, CancellationToken cancellationToken)
        {
            await using var stream = Open(file);
            var watch = Stopwatch.StartNew();
            await CrowdHost.PrepareAsync(host.Services, cancellationToken);
            if (await host.Services.GetRequiredService<BrandStore>().EnsureAsync(brand, brand, cancellationToken))
                await Console.Error.WriteLineAsync($"The brand {brand} is new.");

            using var held = await CrowdHost.LockAsync(host.Services, cancellationToken);
            // What is published on a bus of this process alone is lost when nothing consumes here; the server's sweep finds the rows.
            var runs = held is not null || host.Services.GetRequiredService<IOptions<BusOptions>>().Value.IsShared;
            if (runs)
                await host.StartAsync(cancellationToken);

            int routed;
            try
            {
                await StoreAsync(stream, watch, cancellationToken);
                routed = await WaitAsync(held is ServerLock, cancellationToken);
            }
            finally
            {
                // Also when the file can't be read: what runs must not be cut off with a long complaint.
                if (runs)
                    await host.StopAsync(CancellationToken.None);
            }

            return new ImportSummary(stored.Count, duplicates, rejected, routed, Math.Round(watch.Elapsed.TotalSeconds, 3));
        }

        private static Stream Open(string file) => file == "-" ? Console.OpenStandardInput() : File.OpenRead(CommonOptions.Existing(file));

        private async Task StoreAsync(Stream stream, Stopwatch watch, CancellationToken cancellationToken)
        {
            var taken = 0;
            await foreach (var line in host.Services.GetRequiredService<MentionFile>().ReadAsync(stream, cancellationToken))
            {
                if (line.Reading.Post is null)
                {
                    Reject(line);
                    continue;
                }

                pending.Add(line.Reading.Post);
                taken++;
                if (pending.Count == ChunkSize || rate < ChunkSize && pending.Count >= Math.Max(1, rate.Value / 10))
                    await FlushAsync(cancellationToken);
                if (rate is { } limit && taken / limit - watch.Elapsed.TotalSeconds is > 0.01 and var ahead)
                    await Task.Delay(TimeSpan.FromSeconds(ahead), clock, cancellationToken);
            }

            await FlushAsync(cancellationToken);
        }

        private void Reject(FileLine line)
        {
            rejected++;
            if (rejected <= MistakesShown)
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"line {line.Number}: {string.Join("; ", line.Reading.Mistakes)}"));
            else if (rejected == MistakesShown + 1)
                Console.Error.WriteLine("Further rejected lines are counted, not shown.");
        }

        private async Task FlushAsync(CancellationToken cancellationToken)
        {
            if (pending.Count == 0)
                return;

            var result = await intake.StoreAsync(brand, pending, cancellationToken);
            stored.AddRange(result.Stored);
            duplicates += result.Duplicates;
            pending.Clear();
        }

        private async Task<int> WaitAsync(bool isAlone, CancellationToken cancellationToken)
        {
            var mentions = host.Services.GetRequiredService<MentionStore>();
            // With nobody else at work, also what an import that was broken off left behind.
            while (isAlone && await mentions.AnyUnroutedAsync(cancellationToken))
                await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
            foreach (var ids in stored.Chunk(ChunkSize))
            {
                while (await mentions.AnyUnroutedAsync(ids, cancellationToken))
                    await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
            }

            return stored.Count;
        }
    }
}

/// <summary>What an import did.</summary>
internal sealed record ImportSummary(int Accepted, int Duplicates, int Rejected, int Routed, double Seconds)
{
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{Accepted} accepted, {Duplicates} duplicates, {Rejected} rejected, {Routed} routed in {Seconds:0.0} s ({Routed / Math.Max(Seconds, 0.001):0}/s)");
}
