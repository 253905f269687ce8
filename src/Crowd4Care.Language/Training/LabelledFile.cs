using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Reads labelled texts: UTF-8, tab-separated, one header line that names the columns, no quoting; compressed if the name ends
/// in <c>.gz</c>. A file of bare texts, one a line, is one whose first line names no column <c>text</c>.
/// </summary>
public static class LabelledFile
{
    private const string TextColumn = "text";
    private const string LabelColumn = "label";

    /// <summary>Reads the columns <c>text</c> and <c>label</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not as described; the message names the file, the line and what is missing.</exception>
    public static IReadOnlyList<LabelledText> Read(string path)
    {
        var samples = new List<LabelledText>();
        foreach (var row in Rows(path, [LabelColumn, TextColumn]))
        {
            if (row.Fields[0].Length == 0)
                throw new InvalidDataException($"{path}, line {row.Line}: the label is empty; every line needs one.");
            samples.Add(new LabelledText(row.Fields[1], row.Fields[0]));
        }

        return samples.Count > 0 ? samples
            : throw new InvalidDataException($"{path}: there is no line after the header; labelled texts are expected.");
    }

    /// <summary>Reads the column <c>text</c>, or every line when the first line names no such column.</summary>
    /// <param name="path">The file.</param>
    public static IReadOnlyList<string> ReadTexts(string path)
    {
        using var first = Lines(path).GetEnumerator();
        var hasHeader = first.MoveNext() && Array.Exists(first.Current.Split('\t'), name => IsNamed(name, TextColumn));
        return hasHeader ? [.. Rows(path, [TextColumn]).Select(row => row.Fields[0])] : [.. Lines(path).Select(UndoEscapes)];
    }

    internal static IEnumerable<Row> Rows(string path, string[] columns)
    {
        using var lines = Lines(path).GetEnumerator();
        if (!lines.MoveNext())
            throw new InvalidDataException($"{path}: the file is empty; a header line with the columns {string.Join(", ", columns)} is expected.");
        var header = lines.Current.Split('\t');
        var places = Array.ConvertAll(columns, column => PlaceOf(column, header, path));
        for (var line = 2; lines.MoveNext(); line++)
        {
            // In a file of texts alone an empty line is an empty text.
            if (lines.Current.Length == 0 && header.Length > 1)
                continue;
            var fields = lines.Current.Split('\t');
            if (fields.Length != header.Length)
                throw new InvalidDataException($"{path}, line {line}: {fields.Length} tab-separated fields, the header has {header.Length}.");
            yield return new Row(line, Array.ConvertAll(places, place => UndoEscapes(fields[place])));
        }
    }

    private static int PlaceOf(string column, string[] header, string path)
    {
        var place = Array.FindIndex(header, name => IsNamed(name, column));
        return place >= 0 ? place
            : throw new InvalidDataException($"{path}, line 1: no column \"{column}\"; the header has {string.Join(", ", header)}.");
    }

    private static bool IsNamed(string name, string column) => name.AsSpan().Trim().Equals(column, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Lines(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such file.", path);
        using var file = File.OpenRead(path);
        using Stream bytes = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(bytes, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>Some published sets hold characters as <c>\u2019</c>, as their program wrote them; no post does.</summary>
    private static string UndoEscapes(string text)
    {
        if (!text.Contains("\\u", StringComparison.Ordinal))
            return text;
        var repaired = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text.AsSpan(i).StartsWith("\\u") && i + 6 <= text.Length
                && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                repaired.Append((char)unit);
                i += 5;
                continue;
            }

            repaired.Append(text[i]);
        }

        return repaired.ToString();
    }

    /// <summary>The chosen columns of one line.</summary>
    internal readonly record struct Row(int Line, string[] Fields);
}
