using Crowd4Care.Routing;
using Crowd4Care.Server.Desk.Shared;

namespace Crowd4Care.Server.Desk.Advocate;

/// <summary>The best parts of a decision, said to the person who was chosen.</summary>
internal static class WhyYou
{
    private const double Notable = 0.1;

    public static IReadOnlyList<string> Of(Decision? decision, Guid personId, string? language, string? topic)
    {
        var parts = decision?.Candidates.FirstOrDefault(c => c.PersonId == personId)?.Parts ?? [];
        return
        [
            .. parts.Where(p => p.Value > Notable).OrderByDescending(p => p.Value).Take(3)
                .Select(p => Say(p.Name, language, topic)).Where(said => said.Length > 0),
        ];
    }

    private static string Say(string part, string? language, string? topic) => part switch
    {
        "topic" when !string.IsNullOrEmpty(topic) => $"you know {Words.Plain(topic)}",
        "language" when !string.IsNullOrEmpty(language) => $"you speak {Words.Language(language)}",
        "previous contact" => "you helped them before",
        "free capacity" => "you have time",
        _ => "",
    };
}
