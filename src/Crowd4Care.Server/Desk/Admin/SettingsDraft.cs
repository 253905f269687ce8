using System.Globalization;
using Crowd4Care.Community;
using static Crowd4Care.Server.Desk.Languages.Texts;
using static Crowd4Care.Server.Desk.Languages.ToldTexts;

namespace Crowd4Care.Server.Desk.Admin;

/// <summary>The settings as somebody typed them, so that a mistake does not lose what is right.</summary>
/// <param name="Texts">What stands in each field, by the setting's name.</param>
/// <param name="OwnSignature">Whether the brand has a signature of its own; an empty one is none.</param>
public sealed record SettingsDraft(IReadOnlyDictionary<string, string> Texts, bool OwnSignature)
{
    private static readonly string[] Names = ["name", "signature", "undoSeconds", "approvalBelowTrust", "claimMinutes", "ignoredOffers", "keepDays"];

    /// <summary>What stands in a field.</summary>
    public string this[string name] => Texts.GetValueOrDefault(name, "");

    /// <summary>The settings as they are kept.</summary>
    public static SettingsDraft Of(BrandSettings set) => new(
        new Dictionary<string, string>
        {
            ["name"] = set.Name, ["signature"] = set.Signature ?? "", ["undoSeconds"] = Text(set.UndoSeconds), ["approvalBelowTrust"] = Text(set.ApprovalBelowTrust),
            ["claimMinutes"] = Text(set.ClaimMinutes), ["ignoredOffers"] = Text(set.IgnoredOffers), ["keepDays"] = Text(set.KeepDays),
        },
        set.Signature is not null);

    /// <summary>The settings as they were posted.</summary>
    /// <param name="was">As they were before: who writes another signature means it, also without choosing so.</param>
    public static SettingsDraft Of(IFormCollection form, BrandSettings was)
    {
        var signature = form["signature"].ToString().Trim();
        return new(
            Names.ToDictionary(name => name, name => form[name].ToString().Trim()),
            form["ownSignature"] == "true" || (signature.Length > 0 && signature.ReplaceLineEndings("\n") != was.Signature));
    }

    /// <summary>The settings, and what is wrong by the setting's name.</summary>
    /// <param name="mostKeepDays">The days that the installation keeps conversations at most.</param>
    public (BrandSettings Settings, IReadOnlyDictionary<string, string> Mistakes) Read(int? mostKeepDays)
    {
        var unread = new Dictionary<string, string>();
        var settings = new BrandSettings
        {
            Name = this["name"], Signature = OwnSignature ? this["signature"] : null, UndoSeconds = Number("undoSeconds"),
            ApprovalBelowTrust = Number("approvalBelowTrust") ?? new BrandSettings().ApprovalBelowTrust, ClaimMinutes = Number("claimMinutes"),
            IgnoredOffers = Number("ignoredOffers"), KeepDays = Number("keepDays"),
        }.Trimmed();
        foreach (var (name, mistake) in settings.Mistakes(mostKeepDays))
            unread.TryAdd(name, Told(mistake));
        return (settings, unread);

        int? Number(string name)
        {
            if (this[name].Length == 0)
                return null;
            if (int.TryParse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return number;

            unread[name] = Phrase($"“{this[name]}” is no whole number.");
            return null;
        }
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
