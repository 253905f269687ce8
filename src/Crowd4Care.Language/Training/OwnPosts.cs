namespace Crowd4Care.Language.Training;

/// <summary>One post written and labelled for this project.</summary>
internal sealed record OwnPost(bool Held, string Language, string Text, IReadOnlyDictionary<string, string> Labels);

/// <summary>Short posts in five languages, as people write to brands, labelled for every head. A fifth is held out of training.</summary>
internal static class OwnPosts
{
    private const string PostsResource = "training/posts.tsv";
    private const string PhrasesResource = "training/phrases.tsv";
    private static readonly string[] Columns = ["part", "language", "sentiment", "anger", "toxicity", "topic", "text"];
    private static readonly string[] PhraseColumns = ["head", "label", "language", "text"];

    public static IReadOnlyList<OwnPost> All { get; } = Read();

    /// <summary>Words and turns of phrase that mean a label by themselves; trained on, never measured by.</summary>
    public static ILookup<string, LabelledText> Phrases { get; } =
        Rows(PhrasesResource, PhraseColumns).ToLookup(fields => fields[0], fields => new LabelledText(fields[3], fields[1]), StringComparer.Ordinal);

    private static List<OwnPost> Read()
    {
        var posts = new List<OwnPost>();
        foreach (var fields in Rows(PostsResource, Columns))
        {
            var labels = Enumerable.Range(1, 5).ToDictionary(column => Columns[column], column => fields[column], StringComparer.Ordinal);
            posts.Add(new OwnPost(fields[0] == "held", fields[1], fields[6], labels));
        }

        return posts;
    }

    private static IEnumerable<string[]> Rows(string resource, string[] columns)
    {
        using var stream = typeof(OwnPosts).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is missing from this build.");
        using var reader = new StreamReader(stream);
        if (reader.ReadLine() != string.Join('\t', columns))
            throw new InvalidDataException($"{resource}, line 1: the columns {string.Join(", ", columns)} are expected.");
        for (var line = 2; reader.ReadLine() is { } row; line++)
        {
            var fields = row.Split('\t');
            yield return fields.Length == columns.Length ? fields
                : throw new InvalidDataException($"{resource}, line {line}: {fields.Length} fields, expected {columns.Length}.");
        }
    }
}
