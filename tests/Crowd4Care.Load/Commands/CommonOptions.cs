using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Crowd4Care.Load.Commands;

/// <summary>What the two commands have in common.</summary>
internal static class CommonOptions
{
    /// <summary>Results as they are printed.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static Option<Size> Size(Size? otherwise)
    {
        var option = new Option<Size>("--size")
        {
            Description = "embedded: one process with SQLite. distributed: a process for each role with PostgreSQL, RabbitMQ and Redis.",
            HelpName = "embedded|distributed",
            Required = otherwise is null,
            CustomParser = result =>
            {
                if (Enum.TryParse<Size>(result.Tokens[0].Value, ignoreCase: true, out var size) && !char.IsDigit(result.Tokens[0].Value[0]))
                    return size;

                result.AddError($"--size \"{result.Tokens[0].Value}\" is unknown; embedded or distributed is expected.");
                return default;
            },
        };
        if (otherwise is { } size)
            option.DefaultValueFactory = _ => size;
        return option;
    }

    public static Option<int> Seed() => Number("--seed", "Chooses the mentions and the faults; the same seed chooses the same.", 0, 1);

    public static Option<bool> AsJson() => new("--json") { Description = "Print the result as one line of JSON." };

    public static Option<string?> Report() => new("--report") { Description = "Write a report in Markdown.", HelpName = "FILE.md" };

    public static Option<string[]> Copies() => new("--copies")
    {
        Description = "Copies of a role, such as route=2; may be repeated. Only for the size distributed.", HelpName = "ROLE=N", AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public static Option<int> Number(string name, string description, int least, int? otherwise)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", Required = otherwise is null };
        option.CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least)
                return number;

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} \"{result.Tokens[0].Value}\" is not possible; a whole number from {least} on is expected."));
            return least;
        };
        if (otherwise is { } value)
            option.DefaultValueFactory = _ => value;
        return option;
    }

    /// <summary>Copies by role, as <c>--copies</c> says.</summary>
    public static IReadOnlyDictionary<string, int> ReadCopies(string[]? given, Size size)
    {
        var copies = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in given ?? [])
        {
            var parts = text.Split('=');
            if (parts.Length != 2 || !Roles.All.Contains(parts[0])
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 16)
                throw new UsageException($"--copies \"{text}\" is not possible; one of {string.Join(", ", Roles.All)} with a number of 1 to 16 is expected, such as route=2.");
            copies[parts[0]] = number;
        }

        return copies.Count == 0 || size == Load.Size.Distributed
            ? copies
            : throw new UsageException("--copies is for --size distributed; the size embedded is one process.");
    }
}
