using System.Text.Json.Nodes;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Operations;

public sealed class LogTests
{
    [Test]
    public async Task A_log_in_JSON_tells_nothing_about_people()
    {
        await using var installation = new Installation();
        installation.Settings["Logging:Console:FormatterName"] = "json";
        installation.Settings["Logging:Console:FormatterOptions:IncludeScopes"] = "true";
        installation.Settings["Logging:LogLevel:Default"] = "Debug";
        await using var server = await installation.ServeAsync();
        var agent = server.Api(await installation.AddKeyAsync(Role.Agent, "Ottilie"));

        var id = (await agent.PushAsync(Post("Zebrawort does not work with my Quittenkabel"))).Single();
        await agent.RoutedAsync(id);
        var fence = await agent.ClaimAsync(id);
        await agent.PostAsync($"mentions/{id}/reply", new { fence, text = "Try the Pfirsichknopf" });
        // What is refused, and what breaks, must not tell either.
        await agent.PostAsync("mentions", new[] { Post("Zebrawort again"), new { id = "Quittenkabel" } });
        await agent.PostTextAsync("mentions", """[{"text": "Zebrawort" """);
        await agent.GetAsync("mentions?search=Zebrawort");
        await server.Process.KillAsync();

        var lines = (server.Process.Output + "\n" + server.Process.Errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var logged = lines.Where(line => line.StartsWith('{')).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(logged.Select(line => JsonNode.Parse(line)!["Category"]), Is.Not.Empty);
            foreach (var word in new[] { "Zebrawort", "Quittenkabel", "Pfirsichknopf", "quincewoman", "Quince Woman", "Ottilie", "ottilie" })
                Assert.That(lines.Where(line => line.Contains(word, StringComparison.Ordinal)), Is.Empty, word);
        });
    }

    private static object Post(string text) => new
    {
        network = "pushed", id = $"q-{text.Length}", text, created_at = "2026-01-02T03:04:05Z",
        author = new { id = "a-quincewoman", handle = "quincewoman", name = "Quince Woman" },
    };
}
