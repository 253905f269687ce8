using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Escalation;
using Crowd4Care.Networks;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Editing;
using Crowd4Care.Server.Api;

namespace Crowd4Care.Server.Desk.Admin.RulesEditor;

/// <summary>The names that forms of rules offer.</summary>
/// <param name="Heads">The labels of each head that scores have.</param>
/// <param name="Queues">Queues that something waits in, that the product has, or that the document names.</param>
/// <param name="Skills">Skills that somebody has, or that the document names, and those of topics.</param>
/// <param name="Networks">Networks that the installation can listen to.</param>
public sealed record RuleHints(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Heads, IReadOnlyList<string> Queues, IReadOnlyList<string> Skills, IReadOnlyList<string> Networks)
{
    /// <summary>Languages that are told apart.</summary>
    public IReadOnlyList<string> Languages => Heads.GetValueOrDefault(Contracts.Heads.Language, []);
}

/// <summary>Finds the names that forms of rules offer.</summary>
internal sealed class RuleHintSource(IMentionClassifier classifier, BrandHeadStore brandHeads, QueueQueries queues, PeopleStore people, NetworkCatalog networks)
{
    /// <summary>The names of a brand, and those that a document has already.</summary>
    public async Task<RuleHints> FindAsync(string brandId, RuleDocument? document, CancellationToken cancellationToken)
    {
        var heads = RulesApi.HeadsOf(classifier, brandHeads.Of(brandId));
        var waiting = await queues.CountsAsync(brandId, cancellationToken);
        var skills = await people.SkillsAsync(brandId, cancellationToken);
        return new RuleHints(
            heads,
            Names(waiting.Select(q => q.Queue).Append(Queues.Staff).Append(Queues.Overflow).Concat(TextsOf(document?["rules"], "queue"))),
            Names(skills.SelectMany(s => s).Select(s => s.Skill).Concat(heads.GetValueOrDefault(Heads.Topic, []).Select(Skill.Topic))
                .Append(RuleEvaluator.OwnTopic).Concat(TextsOf(document?["rules"], "skill"))),
            networks.Names);
    }

    private static List<string> Names(IEnumerable<string> names) => [.. names.Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> TextsOf(JsonNode? node, string name) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Key == name && m.Value?.GetValueKind() == JsonValueKind.String ? [m.Value.GetValue<string>()] : TextsOf(m.Value, name)),
        JsonArray items => items.SelectMany(item => TextsOf(item, name)),
        _ => [],
    };
}
