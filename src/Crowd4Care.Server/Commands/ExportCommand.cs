using System.CommandLine;
using System.Text.Json;
using Crowd4Care.Classification;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.Server.Hosting;
using Crowd4Care.Storage;

namespace Crowd4Care.Server.Commands;

/// <summary><c>export mentions</c>: one JSON object a line.</summary>
internal static class ExportCommand
{
    private const int PageSize = 500;

    public static Command Make()
    {
        var data = CommonOptions.Data();
        var brand = new Option<string?>("--brand") { Description = "Only this brand.", HelpName = "B" };
        var mentions = new Command("mentions", "Prints every mention with score and last decision.") { data, brand };
        mentions.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            await CrowdHost.PrepareAsync(host.Services, cancellationToken);
            await WriteAsync(host.Services, parsed.GetValue(brand), cancellationToken);
            return 0;
        });
        return new Command("export", "Prints stored data.") { mentions };
    }

    private static async Task WriteAsync(IServiceProvider services, string? brand, CancellationToken cancellationToken)
    {
        var feed = services.GetRequiredService<FeedQueries>();
        var scores = services.GetRequiredService<ScoreStore>();
        var decisions = services.GetRequiredService<RoutingStore>();
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        Guid? after = null;
        while (true)
        {
            var page = await feed.PageAsync(brand, null, after, PageSize, cancellationToken);
            var ids = page.Select(m => m.Id).ToList();
            var scored = await scores.OfAsync(ids, cancellationToken);
            var decided = await decisions.LastDecisionsAsync(ids, cancellationToken);
            foreach (var mention in page)
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(
                    new
                    {
                        mention.Id,
                        mention.Network,
                        mention.ExternalId,
                        status = mention.Status.ToText(),
                        brand = mention.BrandId,
                        author = new { id = mention.AuthorId, handle = mention.AuthorHandle, name = mention.AuthorName, followers = mention.AuthorFollowers },
                        mention.Text,
                        mention.CreatedAt,
                        mention.InReplyTo,
                        conversation = mention.ConversationId,
                        mention.Priority,
                        mention.Queue,
                        score = scored.GetValueOrDefault(mention.Id),
                        decision = decided.GetValueOrDefault(mention.Id),
                    }, Sql.Json));
            }

            if (page.Count < PageSize)
                return;
            after = page[^1].Id;
        }
    }
}
