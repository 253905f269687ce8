using Crowd4Care.Community;
using Crowd4Care.Engagement;
using Crowd4Care.Storage;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Server.Api;

/// <summary>What counts for a brand and where it comes from: its own settings over the configuration of the installation over the defaults.</summary>
internal sealed class EffectiveSettings(IOptions<EngagementOptions> engagement, IOptions<CommunityOptions> community, IOptions<StorageOptions> storage)
{
    private static readonly EngagementOptions Usual = new();

    /// <summary>The days that the installation keeps conversations at most; null where it keeps them for ever.</summary>
    public int? MostKeepDays => storage.Value.KeepDays;

    /// <summary>What only the operator changes, in the configuration.</summary>
    public InstallationSettings Installation => new(
        engagement.Value.ClaimExtensions, engagement.Value.MostClaims, engagement.Value.QuestionMinutes, MostKeepDays);

    /// <summary>Each setting of a brand, by its name in camelCase.</summary>
    public IReadOnlyDictionary<string, EffectiveSetting> Of(BrandSettings set) => new Dictionary<string, EffectiveSetting>
    {
        ["name"] = new(set.Name, SettingSource.Brand),
        ["signature"] = From(set.Signature, engagement.Value.Signature.Trim(), Usual.Signature.Trim()),
        ["undoSeconds"] = From(set.UndoSeconds, engagement.Value.UndoSeconds, Usual.UndoSeconds),
        ["approvalBelowTrust"] = new(set.ApprovalBelowTrust, set.ApprovalBelowTrust == new BrandSettings().ApprovalBelowTrust ? SettingSource.Default : SettingSource.Brand),
        ["claimMinutes"] = From(set.ClaimMinutes, engagement.Value.ClaimMinutes, Usual.ClaimMinutes),
        ["ignoredOffers"] = From(set.IgnoredOffers, community.Value.IgnoredOffers, new CommunityOptions().IgnoredOffers),
        ["keepDays"] = set.KeepDays is { } days && !(days > MostKeepDays)
            ? new(days, SettingSource.Brand)
            : new(MostKeepDays, MostKeepDays is null ? SettingSource.Default : SettingSource.Installation),
    };

    private static EffectiveSetting From(object? own, object configured, object usual) =>
        own is not null ? new(own, SettingSource.Brand) : new(configured, Equals(configured, usual) ? SettingSource.Default : SettingSource.Installation);
}

/// <summary>A setting as it counts.</summary>
/// <param name="Value">The value; null for no limit.</param>
/// <param name="Source">Who said so.</param>
public sealed record EffectiveSetting(object? Value, SettingSource Source);

/// <summary>Where a setting comes from.</summary>
public enum SettingSource
{
    /// <summary>The brand's own.</summary>
    Brand,

    /// <summary>Nobody set it.</summary>
    Default,

    /// <summary>The operator set it in the configuration of the installation.</summary>
    Installation,
}

/// <summary>What only the operator of the installation changes.</summary>
/// <param name="ClaimExtensions">How often a claim can be kept for as long again.</param>
/// <param name="MostClaims">Most claims of one person at once.</param>
/// <param name="QuestionMinutes">Minutes that a claim lasts at least while a question to staff waits.</param>
/// <param name="KeepDays">Days that conversations are kept at most, whatever a brand says; null for ever.</param>
internal sealed record InstallationSettings(int ClaimExtensions, int MostClaims, double QuestionMinutes, int? KeepDays);
