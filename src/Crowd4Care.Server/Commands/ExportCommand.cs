using System.CommandLine;
using System.IO.Compression;
using System.Text.Json;
using Crowd4Care.Classification;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.Server.Hosting;
using Crowd4Care.Storage;

namespace Crowd4Care.Server.Commands;

/// <summary><c>export mentions</c>: one JSON object a line. <c>export all</c>: an installation, for <c>import</c>.</summary>
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
        return new Command("export", "Prints mentions, or writes everything.") { mentions, All() };
    }

    private static Command All()
    {
        var file = new Argument<string>("FILE") { Description = "A new file; gzipped when its name ends in .gz." };
        var data = CommonOptions.Data();
        var all = new Command("all", "Writes a whole installation for import, also into another engine. Stop the server first: what comes later is not in it.")
        {
            file, data,
        };
        all.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            var storage = CrowdHost.ExistingStorage(host.Services);
            var name = parsed.GetValue(file)!;
            // Under another name until it is whole, so that nobody takes a part for it.
            var part = $"{name}.part";
            if (File.Exists(name))
                throw new UsageException($"{name} is there already.");
            var counts = await WriteAllAsync(host.Services, storage, part, compressed: name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase), cancellationToken);
            File.Move(part, name);
            Console.WriteLine($"Exported {counts["mentions"]} mentions, {counts["people"]} people and {counts.Values.Sum()} rows in all.");
            return 0;
        });
        return all;
    }

    private static async Task<IReadOnlyDictionary<string, long>> WriteAllAsync(
        IServiceProvider services, StorageOptions storage, string file, bool compressed, CancellationToken cancellationToken)
    {
        // It holds everything that people wrote, and the keys: for the owner alone. A file that is there would keep the rights it has.
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var written = new FileStream(file, options);
        await using var output = compressed ? new GZipStream(written, CompressionLevel.Fastest) : (Stream)written;
        return await services.GetRequiredService<DatabaseCopy>().WriteAsync(output, storage.IsPostgres ? [] : KeyFolder.Read(storage), cancellationToken);
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
                        author = new { id = mention.AuthorId, handle = mention.AuthorHandle, name = mention.AuthorName, followers = mention.AuthorFollowers, verified = mention.AuthorVerified, bot = mention.AuthorBot },
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
