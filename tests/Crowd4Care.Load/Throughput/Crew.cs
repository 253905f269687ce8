using System.Globalization;
using System.Net.Http.Headers;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Load.Mentions;
using Crowd4Care.Load.Running;

namespace Crowd4Care.Load.Throughput;

/// <summary>Advocates with skills who are present all the time, as an open desk is, and the key that mentions are pushed with.</summary>
internal sealed class Crew : IDisposable
{
    // Well within the time that somebody counts as present.
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(30);
    private static readonly string[] Topics = ["account", "billing", "cancellation", "delivery", "order", "product", "refund", "service", "technical"];

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly List<string> advocates = [];

    private Crew(string agentKey) => AgentKey = agentKey;

    /// <summary>Staff: may push mentions.</summary>
    public string AgentKey { get; }

    /// <summary>Makes them, each with one to three languages and some topics.</summary>
    public static async Task<Crew> MakeAsync(Installation installation, int advocates, int capacity, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var crew = new Crew(await Accounts.AddAsync(installation.Services, Role.Agent, "load-agent", 1, [], cancellationToken));
        for (var i = 1; i <= advocates; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"advocate-{i}");
            crew.advocates.Add(await Accounts.AddAsync(installation.Services, Role.Advocate, name, capacity, [.. Skills(random)], cancellationToken));
        }

        return crew;
    }

    /// <summary>Shows that all are present, once.</summary>
    public Task AppearAsync(Uri web, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(advocates, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (key, token) => await ShowAsync(web, key, token));

    /// <summary>Goes on showing it until cancelled, each in their own time, however slow the server is.</summary>
    public Task StayAsync(Uri web, CancellationToken cancellationToken) => Task.WhenAll(advocates.Select((key, i) => StayAsync(web, key, Round * i / advocates.Count, cancellationToken)));

    private async Task StayAsync(Uri web, string key, TimeSpan offset, CancellationToken cancellationToken)
    {
        await Task.Delay(offset, TimeProvider.System, cancellationToken);
        using var timer = new PeriodicTimer(Round, TimeProvider.System);
        do
        {
            try
            {
                await ShowAsync(web, key, cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // A desk that gets no answer asks again in its time.
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    public void Dispose() => http.Dispose();

    private async Task ShowAsync(Uri web, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(web, "/api/v1/me"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static IEnumerable<PersonSkill> Skills(Random random)
    {
        foreach (var language in Sentences.Languages.OrderBy(_ => random.Next()).Take(random.Next(1, 4)))
            yield return new PersonSkill(Skill.Language(language), 0.6 + 0.4 * random.NextDouble());
        foreach (var topic in Topics.OrderBy(_ => random.Next()).Take(random.Next(2, 6)))
            yield return new PersonSkill(Skill.Topic(topic), 0.3 + 0.7 * random.NextDouble());
    }
}
