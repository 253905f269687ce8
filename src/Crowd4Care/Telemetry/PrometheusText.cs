using System.Globalization;
using System.Text;

namespace Crowd4Care.Telemetry;

/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4.</summary>
public static class PrometheusText
{
    /// <summary>The content type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly Dictionary<string, string> Units = new()
    {
        ["s"] = "seconds", ["ms"] = "milliseconds", ["By"] = "bytes", ["1"] = "ratio", ["%"] = "percent",
    };

    /// <summary>Writes all families, each with its series together.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        ArgumentNullException.ThrowIfNull(families);
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Kind).Append('\n');
            foreach (var point in family.Points)
            {
                if (family.Kind == "histogram")
                    WriteHistogram(text, family.Name, point);
                else
                    WriteLine(text, family.Name, point.Labels, null, point.Value);
            }
        }

        return text.ToString();
    }

    /// <summary>The name of an OpenTelemetry instrument in Prometheus: with its unit, and <c>_total</c> when it only grows.</summary>
    public static string NameOf(string instrument, string? unit, string kind)
    {
        var name = NameOf(instrument);
        // A unit in braces only says what is counted.
        if (unit is not null && Units.TryGetValue(unit, out var word) && !(word == "ratio" && kind != "gauge") && !name.EndsWith($"_{word}", StringComparison.Ordinal))
            name = $"{name}_{word}";
        return kind == "counter" && !name.EndsWith("_total", StringComparison.Ordinal) ? $"{name}_total" : name;
    }

    /// <summary>A name as Prometheus allows it.</summary>
    public static string NameOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var allowed = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return allowed.Length == 0 || char.IsAsciiDigit(allowed[0]) ? $"_{allowed}" : allowed;
    }

    private static void WriteHistogram(StringBuilder text, string name, MetricPoint point)
    {
        var count = 0L;
        for (var i = 0; i <= point.Bounds.Count; i++)
        {
            count += point.Counts[i];
            WriteLine(text, $"{name}_bucket", point.Labels, i < point.Bounds.Count ? point.Bounds[i] : double.PositiveInfinity, count);
        }

        WriteLine(text, $"{name}_sum", point.Labels, null, point.Value);
        WriteLine(text, $"{name}_count", point.Labels, null, count);
    }

    private static void WriteLine(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, double? bound, double value)
    {
        text.Append(name);
        var before = '{';
        foreach (var (label, given) in labels)
        {
            text.Append(before).Append(label).Append("=\"").Append(Escape(given).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            before = ',';
        }

        if (bound is { } upper)
        {
            text.Append(before).Append("le=\"").Append(Number(upper)).Append('"');
            before = ',';
        }

        text.Append(before == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
