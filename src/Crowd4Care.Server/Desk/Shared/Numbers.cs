using System.Text.RegularExpressions;

namespace Crowd4Care.Server.Desk.Shared;

/// <summary>Finds the numbers of mentions, people and other things in texts: addresses that somebody pasted, details of journal entries.</summary>
internal static partial class Numbers
{
    /// <summary>All of them, in their order.</summary>
    public static IEnumerable<Guid> In(string? text) => Number.Matches(text ?? "").Select(m => Guid.Parse(m.Value));

    /// <summary>The first; null where there is none.</summary>
    public static Guid? First(string text) => Number.Match(text) is { Success: true } found ? Guid.Parse(found.Value) : null;

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number { get; }
}
