using System.Diagnostics;
using System.Net.Http.Headers;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Load.Mentions;
using Crowd4Care.Load.Running;
using Crowd4Care.Load.Throughput;
using Dapper;

namespace Crowd4Care.Load.Desks;

/// <summary>Fills an installation, opens desks, and measures what people at them wait for.</summary>
internal sealed class DeskRun(int desks, int mentions, int seed)
{
    private const int WarmUpDesks = 50;
    private const int Pages = 200;
    private const int Claims = 150;
    private const int Arrivals = 20;
    private const int BatchSize = 500;
    private const int RequestsAtOnce = 4;
    private const int People = 1000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenArrivals = TimeSpan.FromMilliseconds(700);
    private readonly PostGenerator posts = new(seed, TimeProvider.System);

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<DeskResult> RunAsync(CancellationToken cancellationToken)
    {
        Progress.Say($"preparing an installation");
        await using var installation = await Installation.PrepareAsync(new InstallationPlan { Size = Size.Embedded }, cancellationToken);
        var agent = await Accounts.AddAsync(installation.Services, Role.Agent, "agent", 1, [], cancellationToken);
        var keys = new List<string>();
        for (var i = 0; i < Math.Min(desks, People); i++)
            keys.Add(await Accounts.AddAsync(installation.Services, Role.Advocate, $"advocate-{i}", 3, [new PersonSkill("lang:en", 1)], cancellationToken));
        await installation.StartAsync(cancellationToken);
        using var pushing = new PushClient(installation.WebCopies, agent);
        Progress.Say($"storing {mentions} mentions");
        await pushing.PushAllAsync(PostBatch.Of(posts.Take(mentions), BatchSize), RequestsAtOnce, cancellationToken);
        await new Readings(installation.Database).RoutedAsync(LongestWait, cancellationToken);

        Progress.Say($"warming up");
        var server = installation.Processes[0];
        await OpenAsync(server.Address, keys, Math.Min(WarmUpDesks, desks), async _ => await PagesAsync(server.Address, keys, "/feed", cancellationToken));
        await Task.Delay(Settle, TimeProvider.System, cancellationToken);
        var before = ProcessFacts.ResidentMebibytes(server.Pid);

        Progress.Say($"opening {desks} desks");
        DeskResult? result = null;
        await OpenAsync(server.Address, keys, desks, async open =>
        {
            await Task.Delay(Settle, TimeProvider.System, cancellationToken);
            var grown = Math.Max(0, ProcessFacts.ResidentMebibytes(server.Pid) - before) * 1024 * 1024;
            Progress.Say($"measuring pages and claims");
            // In turn, so that what else the machine does falls on both.
            var (empty, feed) = (new List<double>(), new List<double>());
            for (var i = 0; i < 4; i++)
            {
                empty.AddRange(await PagesAsync(server.Address, keys, "/not-allowed", cancellationToken));
                feed.AddRange(await PagesAsync(server.Address, keys, "/feed", cancellationToken));
            }

            var claims = await ClaimsAsync(installation, server.Address, keys, cancellationToken);
            Progress.Say($"measuring live updates");
            var heard = await ArrivalsAsync(installation, pushing, open, cancellationToken);
            result = new DeskResult
            {
                Desks = desks, Mentions = mentions, FeedP95Ms = P95(feed), ClaimP95Ms = P95(claims), FanOutP95Ms = P95(heard), EmptyPageP95Ms = P95(empty),
                BytesPerDesk = (long)(grown / desks),
            };
        });
        return result!;
    }

    private async Task OpenAsync(Uri server, List<string> keys, int count, Func<IReadOnlyList<OpenDesk>, Task> work)
    {
        var open = new List<OpenDesk>();
        try
        {
            foreach (var some in Enumerable.Range(0, count).Chunk(50))
            {
                var opening = some.Select(i => new OpenDesk(http, server, keys[i % keys.Count])).ToList();
                open.AddRange(opening);
                await Task.WhenAll(opening.Select(d => d.OpenAsync()));
            }

            await work(open);
        }
        finally
        {
            await Task.WhenAll(open.Select(d => d.DisposeAsync().AsTask()));
        }
    }

    private async Task<IReadOnlyList<double>> PagesAsync(Uri server, List<string> keys, string path, CancellationToken cancellationToken)
    {
        var took = new List<double>();
        for (var i = 0; i < Pages / 4; i++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await SendAsync(HttpMethod.Get, new Uri(server, path), keys[i * 7 % keys.Count], cancellationToken);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            took.Add(watch.Elapsed.TotalMilliseconds);
        }

        return took;
    }

    private async Task<IReadOnlyList<double>> ClaimsAsync(Installation installation, Uri server, List<string> keys, CancellationToken cancellationToken)
    {
        var took = new List<double>();
        await using var connection = await installation.Database.OpenAsync(cancellationToken);
        var free = (await connection.QueryAsync<Guid>(
            "SELECT m.id FROM mentions m WHERE m.status = 'open' AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.mention_id = m.id AND o.state = 'open') LIMIT @most",
            new { most = Claims })).AsList();
        foreach (var (i, id) in free.Index())
        {
            var key = keys[i % keys.Count];
            var watch = Stopwatch.StartNew();
            using var claim = await SendAsync(HttpMethod.Post, new Uri(server, $"/api/v1/mentions/{id}/claim"), key, cancellationToken);
            var elapsed = watch.Elapsed.TotalMilliseconds;
            // Somebody may have been offered it meanwhile.
            if (claim.IsSuccessStatusCode)
                took.Add(elapsed);
            using var release = await SendAsync(HttpMethod.Post, new Uri(server, $"/api/v1/mentions/{id}/release"), key, cancellationToken);
        }

        return took;
    }

    private async Task<IReadOnlyList<double>> ArrivalsAsync(Installation installation, PushClient pushing, IReadOnlyList<OpenDesk> open, CancellationToken cancellationToken)
    {
        var from = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < Arrivals; i++)
        {
            await pushing.PushAsync(PostBatch.Of([posts.Next()]), cancellationToken);
            await Task.Delay(BetweenArrivals, TimeProvider.System, cancellationToken);
        }

        await Task.Delay(Settle, TimeProvider.System, cancellationToken);
        await using var connection = await installation.Database.OpenAsync(cancellationToken);
        var routed = (await connection.QueryAsync<(Guid Id, DateTimeOffset At)>(
            "SELECT m.id, j.at FROM mentions m JOIN journal j ON j.mention_id = m.id WHERE m.received_at >= @from AND j.kind IN ('mention.opened', 'mention.escalated', 'mention.ignored')", new { from })).AsList();
        if (routed.Count == 0)
            throw new InvalidOperationException("None of the mentions that came last was routed.");
        // A desk that never heard of one has waited too long for any percentile.
        return
        [
            .. from desk in open
               from mention in routed
               let at = desk.Heard.GetValueOrDefault(mention.Id)?.Where(t => t >= mention.At).DefaultIfEmpty(DateTimeOffset.MaxValue).Min() ?? DateTimeOffset.MaxValue
               select at == DateTimeOffset.MaxValue ? double.MaxValue : (at - mention.At).TotalMilliseconds,
        ];
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Accept.ParseAdd(method == HttpMethod.Get ? "text/html" : "application/json");
        return await http.SendAsync(request, cancellationToken);
    }

    private static double P95(IEnumerable<double> values) => Math.Round(Percentile.Of(values, 0.95), 2);
}
