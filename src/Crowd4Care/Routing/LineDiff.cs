namespace Crowd4Care.Routing;

/// <summary>What differs between two texts, line by line: the shortest script (E. Myers, 1986).</summary>
public static class LineDiff
{
    // The work grows with the square of the lines that differ. Beyond this, all of the first goes and all of the second comes.
    private const int MostEdits = 2000;

    /// <summary>All lines of both: with a space in front those of both, with - those of the first, with + those of the second.</summary>
    public static IReadOnlyList<string> Of(string first, string second)
    {
        string[] a = Lines(first), b = Lines(second);
        var start = a.AsSpan().CommonPrefixLength(b);
        var end = 0;
        while (end < Math.Min(a.Length, b.Length) - start && a[^(end + 1)] == b[^(end + 1)])
            end++;

        return
        [
            .. a[..start].Select(line => $" {line}"),
            .. Between(a[start..^end], b[start..^end]),
            .. a[^end..].Select(line => $" {line}"),
        ];
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static IEnumerable<string> Between(string[] a, string[] b) =>
        Search(a, b) is { } reached ? Walk(a, b, reached) : [.. a.Select(line => $"-{line}"), .. b.Select(line => $"+{line}")];

    // For each number of edits: how far into the first each diagonal comes. The last but one of them is where the next began.
    private static List<int[]>? Search(string[] a, string[] b)
    {
        var most = Math.Min(a.Length + b.Length, MostEdits);
        var far = new int[2 * most + 3];
        var reached = new List<int[]>();
        for (var edits = 0; edits <= most; edits++)
        {
            reached.Add(far[(most + 1 - edits)..(most + 2 + edits)]);
            for (var k = -edits; k <= edits; k += 2)
            {
                var x = IsInsertion(far, most + 1, k, edits) ? far[most + 1 + k + 1] : far[most + 1 + k - 1] + 1;
                while (x < a.Length && x - k < b.Length && a[x] == b[x - k])
                    x++;
                far[most + 1 + k] = x;
                if (x >= a.Length && x - k >= b.Length)
                    return reached;
            }
        }

        return null;
    }

    private static bool IsInsertion(int[] far, int zero, int k, int edits) => k == -edits || k != edits && far[zero + k - 1] < far[zero + k + 1];

    private static IEnumerable<string> Walk(string[] a, string[] b, List<int[]> reached)
    {
        var lines = new List<string>();
        int x = a.Length, y = b.Length;
        for (var edits = reached.Count - 1; edits >= 0; edits--)
        {
            var k = x - y;
            var inserts = IsInsertion(reached[edits], edits, k, edits);
            var from = edits == 0 ? 0 : reached[edits][edits + k + (inserts ? 1 : -1)];
            var fromY = edits == 0 ? 0 : from - (k + (inserts ? 1 : -1));
            while (x > from && y > fromY)
            {
                lines.Add($" {a[--x]}");
                y--;
            }

            if (edits == 0)
                break;
            if (inserts)
                lines.Add($"+{b[--y]}");
            else
                lines.Add($"-{a[--x]}");
        }

        lines.Reverse();
        return lines;
    }
}
