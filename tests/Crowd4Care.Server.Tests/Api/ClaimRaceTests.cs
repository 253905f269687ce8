using System.Globalization;
using System.Net;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class ClaimRaceTests : ServerTests
{
    private const int Clients = 100;
    private const int Mentions = 50;

    [Test]
    public async Task Each_mention_has_one_winner_and_the_others_hear_who_it_is()
    {
        var staff = await AgentAsync();
        var ids = await staff.PushAsync([.. Enumerable.Range(0, Mentions).Select(_ => Some.Post())]);
        foreach (var id in ids)
            await staff.MentionAsync(id, "open");
        var names = Enumerable.Range(0, Clients).Select(i => string.Create(CultureInfo.InvariantCulture, $"Advocate {i}")).ToList();
        var clients = new List<ApiClient>();
        foreach (var name in names)
        {
            clients.Add(await AdvocateAsync(name));
            // Away, so that nothing is reserved for one of them.
            await clients[^1].PostAsync("me/availability", new { away = true });
        }

        var start = new TaskCompletionSource();
        var racing = clients.Select((client, i) => RaceAsync(client, names[i], ids, start.Task)).ToList();
        start.SetResult();
        var claims = (await Task.WhenAll(racing)).SelectMany(c => c).ToList();

        Assert.That(claims.Select(c => c.Answer.Status).Distinct(), Is.EquivalentTo([HttpStatusCode.OK, HttpStatusCode.Conflict]));
        foreach (var mention in claims.GroupBy(c => c.Mention))
        {
            var winner = mention.Single(c => c.Answer.Status == HttpStatusCode.OK);
            var details = await staff.MentionAsync(mention.Key);
            Assert.That((string?)details["mention"]!["assigneeName"], Is.EqualTo(winner.Client));
            Assert.That((long?)details["mention"]!["fence"], Is.EqualTo((long)winner.Answer["fence"]!));
            Assert.That(details["history"]!.AsArray().Count(h => (string)h!["kind"]! == "claim.taken"), Is.EqualTo(1));

            var losers = mention.Where(c => c != winner).ToList();
            Assert.That(losers, Has.Count.EqualTo(Clients - 1));
            Assert.That(losers.Select(c => (string?)c.Answer["holder"]), Is.All.EqualTo(winner.Client));
            Assert.That(losers.Select(c => (string?)c.Answer["outcome"]), Is.All.EqualTo("taken"));
        }
    }

    private static async Task<IReadOnlyList<Claim>> RaceAsync(ApiClient client, string name, IReadOnlyList<Guid> ids, Task start)
    {
        await start;
        var claims = new List<Claim>();
        foreach (var id in ids)
            claims.Add(new Claim(id, name, await client.PostAsync($"mentions/{id}/claim")));
        return claims;
    }

    private sealed record Claim(Guid Mention, string Client, ApiAnswer Answer);
}
