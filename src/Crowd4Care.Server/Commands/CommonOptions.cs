using System.CommandLine;
using Crowd4Care.Storage;

namespace Crowd4Care.Server.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>Where the data is.</summary>
    public static Option<string?> Data() => new("--data") { Description = "The data folder.", HelpName = "DIR" };

    /// <summary>Which brand.</summary>
    public static Option<string> Brand() => new("--brand")
    {
        Description = "The brand's short name.", HelpName = "B", DefaultValueFactory = _ => Community.BrandStore.DefaultId,
    };

    /// <summary>Machine-readable output.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    /// <summary>The settings that an option stands for.</summary>
    public static Dictionary<string, string?> Settings(this ParseResult parsed, Option<string?> data) =>
        parsed.GetValue(data) is { } directory ? new() { [$"{StorageOptions.Section}:{nameof(StorageOptions.DataDirectory)}"] = Path.GetFullPath(directory) } : [];
}
