using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class OpenApiTests : ServerTests
{
    private const string Variable = "CROWD4CARE_UPDATE_SCHEMAS";

    [Test]
    public async Task The_document_in_the_repository_is_the_one_that_is_served()
    {
        var served = (await Server.Api().GetAsync("/openapi/v1.json")).Text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Repository.Of("schemas", "openapi.json");
        if (Environment.GetEnvironmentVariable(Variable) == "1")
            await File.WriteAllTextAsync(file, served);

        Assert.That(
            served, Is.EqualTo((await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n")),
            $"The API has changed. If that is meant, run this test once with {Variable}=1 and commit schemas/openapi.json.");
    }

    [Test]
    public async Task Every_operation_says_what_it_does()
    {
        var document = (await Server.Api().GetAsync("/openapi/v1.json")).Body!;

        var operations = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (Path: $"{o.Key} {p.Key}", o.Value))).ToList();

        Assert.That(operations, Is.Not.Empty);
        Assert.That(operations.Where(o => string.IsNullOrEmpty((string?)o.Value!["summary"])).Select(o => o.Path), Is.Empty);
        Assert.That(operations.Select(o => o.Path.Split(' ')[1]), Is.All.StartsWith("/api/v1/"));
    }
}
