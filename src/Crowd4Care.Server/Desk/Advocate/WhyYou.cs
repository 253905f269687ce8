using Crowd4Care.Routing;
using Crowd4Care.Server.Desk.Shared;
using static Crowd4Care.Server.Desk.Languages.Texts;

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
                .Select(p => Told(p.Name, language, topic)).Where(said => said.Length > 0),
        ];
    }

    private static string Told(string part, string? language, string? topic) => part switch
    {
        "topic" when !string.IsNullOrEmpty(topic) => Phrase($"you know {Words.Plain(topic)}"),
        "language" when !string.IsNullOrEmpty(language) => Phrase($"you speak {Words.Language(language)}"),
        "previous contact" => Say("you helped them before"),
        "free capacity" => Say("you have time"),
        _ => "",
    };
}
