using System.Text.Json.Nodes;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Crash;

public sealed class ServerCrashTests
{
    private const int Mentions = 2000;
    private const int ChunkSize = 100;

    [Test]
    public async Task What_was_pushed_to_a_killed_server_is_routed_by_the_next_one()
    {
        await using var installation = new Installation();
        var key = await installation.AddKeyAsync(Role.Agent, "Olga");
        var posts = Some.Posts(Mentions, seed: 11).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (object)JsonNode.Parse(line)!).ToList();
        var random = new Random(11);

        foreach (var half in posts.Chunk(Mentions / 2))
        {
            await using var server = await installation.ServeAsync();
            var pushing = Push(server.Api(key), half);
            // Somewhere in the middle: at least one chunk has been taken.
            await Poll.UntilAsync(_ => Task.FromResult(pushing.Taken), taken => taken > random.Next(Mentions / 4), "pushing");
            await server.Process.KillAsync();
            await pushing.Work;
        }

        await using var last = await installation.ServeAsync();
        await Push(last.Api(key), posts).Work;
        await Poll.UntilAsync(_ => installation.ExportAsync(), all => all.All(m => (string?)m["status"] is not ("received" or "classified")), "routing");
        Assert.That((await installation.ExportAsync()).Select(m => (string?)m["externalId"]).ToList(), Is.Unique.And.Count.EqualTo(Mentions));
    }

    // Goes on until all is pushed or the server is gone, as a client would.
    private static Pushing Push(ApiClient api, IReadOnlyList<object> posts)
    {
        var pushing = new Pushing();
        pushing.Work = Task.Run(async () =>
        {
            foreach (var chunk in posts.Chunk(ChunkSize))
            {
                try
                {
                    await api.PostAsync("mentions", chunk);
                    pushing.Taken += chunk.Length;
                }
                catch (HttpRequestException)
                {
                    return;
                }
            }
        });
        return pushing;
    }

    private sealed class Pushing
    {
        private volatile int taken;

        public int Taken
        {
            get => taken;
            set => taken = value;
        }

        public Task Work { get; set; } = Task.CompletedTask;
    }
}
