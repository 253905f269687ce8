using System.Globalization;
using System.Text.RegularExpressions;
using Crowd4Care.Storage;

namespace Crowd4Care.Community;

/// <summary>What a brand decides for itself. Null means: as the configuration of the installation says.</summary>
public sealed partial record BrandSettings
{
    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 80;

    /// <summary>Longest signature, in characters: networks count it with the reply.</summary>
    public const int LongestSignature = 120;

    /// <summary>Longest time to take a reply back, in seconds.</summary>
    public const int MostUndoSeconds = 300;

    /// <summary>Longest claim, in minutes.</summary>
    public const int MostClaimMinutes = 24 * 60;

    /// <summary>Most offers in a row that may run out.</summary>
    public const int MostIgnoredOffers = 100;

    /// <summary>Most days that a conversation is kept.</summary>
    public const int MostKeepDays = 36_500;

    /// <summary>The brand's name, as people and templates say it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What stands on a line of its own under a reply; <c>{name}</c> is who wrote it. Empty for nothing.</summary>
    public string? Signature { get; init; }

    /// <summary>Seconds in which a reply from the desk can be taken back, 0 to 300.</summary>
    public int? UndoSeconds { get; init; }

    /// <summary>Replies of advocates with less trust wait for staff: 0 for nobody's, 5 for everybody's.</summary>
    public int ApprovalBelowTrust { get; init; } = 1;

    /// <summary>Minutes that a claim lasts where the rule doesn't say, 1 to 1440.</summary>
    public int? ClaimMinutes { get; init; }

    /// <summary>How many offers in a row somebody may let run out before they are set away, 0 to 100; 0 for any number.</summary>
    public int? IgnoredOffers { get; init; }

    /// <summary>Days that a conversation is kept after nothing happens in it any more, 30 to 36500.</summary>
    public int? KeepDays { get; init; }

    /// <summary>With blanks around texts taken away.</summary>
    public BrandSettings Trimmed() => this with { Name = Name.Trim(), Signature = Signature?.Trim().Replace("\r\n", "\n", StringComparison.Ordinal) };

    /// <summary>What is wrong with which setting, by its name in camelCase: a sentence that says what would be right.</summary>
    /// <param name="mostKeepDays">The days that the installation keeps conversations at most; null where it keeps them for ever.</param>
    public IReadOnlyDictionary<string, string> Mistakes(int? mostKeepDays)
    {
        var mistakes = new Dictionary<string, string>();
        if (Name.Length is 0 or > LongestName)
            mistakes["name"] = Name.Length == 0 ? "The brand needs a name." : $"The name has {Name.Length} characters; {LongestName} are possible.";
        if (Signature is { Length: > LongestSignature })
            mistakes["signature"] = $"The signature has {Signature.Length} characters; {LongestSignature} are possible.";
        else if (Signature is not null && Placeholder().Matches(Signature).FirstOrDefault(m => m.Value != "{name}") is { } unknown)
            mistakes["signature"] = $"{unknown.Value} means nothing in a signature; {{name}} is the name of who wrote the reply.";
        Check("undoSeconds", UndoSeconds, 0, MostUndoSeconds, "seconds");
        Check("approvalBelowTrust", ApprovalBelowTrust, 0, 5, "as a level of trust");
        Check("claimMinutes", ClaimMinutes, 1, MostClaimMinutes, "minutes");
        Check("ignoredOffers", IgnoredOffers, 0, MostIgnoredOffers, "offers");
        Check("keepDays", KeepDays, StorageOptions.FewestKeepDays, mostKeepDays ?? MostKeepDays, "days");
        if (mistakes.ContainsKey("keepDays") && KeepDays > mostKeepDays)
            mistakes["keepDays"] = $"This installation deletes what is older than {mostKeepDays} days; a brand can keep less, not more.";
        return mistakes;

        void Check(string name, int? value, int least, int most, string unit)
        {
            if (value < least || value > most)
                mistakes[name] = string.Create(CultureInfo.InvariantCulture, $"{value} is not possible; {least} to {most} {unit} are.");
        }
    }

    /// <summary>The settings in which another differs, by name, with both values.</summary>
    internal IEnumerable<(string Setting, object? From, object? To)> ChangesTo(BrandSettings other)
    {
        (string, object?, object?)[] all =
        [
            ("name", Name, other.Name), ("signature", Signature, other.Signature), ("undoSeconds", UndoSeconds, other.UndoSeconds),
            ("approvalBelowTrust", ApprovalBelowTrust, other.ApprovalBelowTrust), ("claimMinutes", ClaimMinutes, other.ClaimMinutes),
            ("ignoredOffers", IgnoredOffers, other.IgnoredOffers), ("keepDays", KeepDays, other.KeepDays),
        ];
        return all.Where(s => !Equals(s.Item2, s.Item3));
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholder();
}
