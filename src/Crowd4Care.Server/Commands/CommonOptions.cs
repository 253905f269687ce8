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

    /// <summary>A number of something.</summary>
    public static Option<int> Number(string name, string description, int otherwise) => new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };

    /// <summary>The value of a number.</summary>
    /// <exception cref="UsageException">It is out of range.</exception>
    public static int Within(this ParseResult parsed, Option<int> option, int least, int most) =>
        parsed.GetValue(option) is var value && value >= least && value <= most
            ? value
            : throw new UsageException($"{option.Name} {value} is out of range; a number from {least} to {most} is expected.");

    /// <summary>A file that is there.</summary>
    /// <exception cref="UsageException">It is not.</exception>
    public static string Existing(string file) => File.Exists(file) ? file : throw new UsageException($"{file}: there is no such file.");

    /// <summary>The settings that an option stands for.</summary>
    public static Dictionary<string, string?> Settings(this ParseResult parsed, Option<string?> data) =>
        parsed.GetValue(data) is { } directory ? new() { [$"{StorageOptions.Section}:{nameof(StorageOptions.DataDirectory)}"] = Path.GetFullPath(directory) } : [];
}
