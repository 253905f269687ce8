using System.IO.Compression;
using System.Text.Json;

namespace Crowd4Care.Simulation;

/// <summary>Reads the times at which mentions were really written.</summary>
public static class RecordedArrivals
{
    /// <summary>
    /// Times of a file of JSON lines with <c>created_at</c>, in seconds from the midnight (UTC) before the first of them. Of a file with more than
    /// <paramref name="most"/>, those that follow each other most closely: recordings have stragglers from years before.
    /// </summary>
    /// <param name="path">The file; compressed when it ends in <c>.gz</c>.</param>
    /// <exception cref="InvalidDataException">A line has no time, or there is none at all.</exception>
    public static IReadOnlyList<double> Read(string path, int most)
    {
        using var file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        var times = new List<DateTimeOffset>();
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
                times.Add(TimeOf(text) ?? throw new InvalidDataException($"{path}, line {line}: there is no created_at with a time such as 2026-05-01T12:00:00Z."));
        }

        if (times.Count == 0)
            throw new InvalidDataException($"{path}: there are no mentions.");
        times.Sort();
        var first = Closest(times, most);
        var midnight = new DateTimeOffset(times[first].UtcDateTime.Date, TimeSpan.Zero);
        return [.. times.Skip(first).Take(most).Select(t => (t - midnight).TotalSeconds)];
    }

    private static int Closest(List<DateTimeOffset> sorted, int count) =>
        sorted.Count <= count ? 0 : Enumerable.Range(0, sorted.Count - count + 1).MinBy(i => sorted[i + count - 1] - sorted[i]);

    private static DateTimeOffset? TimeOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("created_at", out var created)
                && created.ValueKind == JsonValueKind.String && created.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
