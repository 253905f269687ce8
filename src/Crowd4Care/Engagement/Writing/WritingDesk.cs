using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement.Writing;

/// <summary>Helps somebody to write an answer: templates and pages that fit a mention, and their placeholders filled in.</summary>
public sealed class WritingDesk(Database database, TemplateStore templates, KnowledgeStore links, SimilarAnswers answers, BrandTerms terms)
{
    /// <summary>The templates of the brand, those that fit best first, with how well they fit.</summary>
    public async Task<IReadOnlyList<(Template Template, int Fit)>> TemplatesAsync(FeedItem mention, CancellationToken cancellationToken = default) =>
        [.. (await templates.ListAsync(mention.BrandId, cancellationToken)).Select(t => (t, Fit: t.Fit(mention.Language, mention.Topic))).OrderByDescending(t => t.Fit)];

    /// <summary>The pages that fit a mention's topic, the closest first.</summary>
    public async Task<IReadOnlyList<KnowledgeLink>> LinksAsync(FeedItem mention, CancellationToken cancellationToken = default) =>
        [.. (await links.ListAsync(mention.BrandId, cancellationToken)).Where(l => l.Fit(mention.Topic) > 0).OrderByDescending(l => l.Fit(mention.Topic))];

    /// <summary>A template's text for a mention and the person who answers it; null when there is no such template.</summary>
    public async Task<string?> FillAsync(FeedItem mention, Guid templateId, string personName, CancellationToken cancellationToken = default)
    {
        if (await templates.FindAsync(mention.BrandId, templateId, cancellationToken) is not { } template)
            return null;

        await using var connection = await database.OpenAsync(cancellationToken);
        return Placeholders.Fill(template.Text, new Dictionary<string, string?>
        {
            ["author"] = string.IsNullOrWhiteSpace(mention.AuthorName) ? $"@{mention.AuthorHandle}" : mention.AuthorName,
            ["handle"] = $"@{mention.AuthorHandle}",
            ["me"] = personName,
            ["brand"] = await connection.QuerySingleOrDefaultAsync<string>("SELECT name FROM brands WHERE id = @BrandId", new { mention.BrandId }),
            ["link"] = await LinksAsync(mention, cancellationToken) is [var best, ..] ? best.Url : null,
        });
    }

    /// <summary>An earlier answer without its signature, to start from; null when there is none.</summary>
    public async Task<string?> StartFromAsync(string brandId, Guid replyId, CancellationToken cancellationToken = default) =>
        await answers.FindReplyAsync(brandId, replyId, cancellationToken) is { } reply
            ? (await terms.OfAsync(brandId, cancellationToken)).Unsign(reply.Text, reply.Signature, reply.PersonName)
            : null;
}
