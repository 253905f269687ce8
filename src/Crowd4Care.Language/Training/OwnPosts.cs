namespace Crowd4Care.Language.Training;

/// <summary>One post written and labelled for this project; the labels are by head.</summary>
internal sealed record OwnPost(string Part, string Language, string Text, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Whether no model learns from it.</summary>
    public bool IsHeld => Part != OwnPosts.Train;
}

/// <summary>
/// Short posts in five languages, as people write to brands, labelled for every head, in three parts: to train on, to choose settings and
/// calibrate by, and, by a writer who saw none of the others, to measure.
/// </summary>
internal static class OwnPosts
{
    /// <summary>To train on.</summary>
    public const string Train = "train";

    /// <summary>To choose settings and calibrate by.</summary>
    public const string Held = "held";

    /// <summary>To measure, and for nothing else.</summary>
    public const string Test = "test";

    private const string PhrasesResource = "training/phrases.tsv";
    private static readonly string[] PostsResources = ["training/posts.tsv", "training/posts-more.tsv", "training/posts-held.tsv"];
    private static readonly string[] YesNo = ["yes", "no"];
    private static readonly string[] PhraseColumns = ["head", "label", "language", "text"];

    /// <summary>The columns before the text, in their order, with all that may stand in them.</summary>
    private static readonly (string Name, IReadOnlyList<string> Values)[] Known =
    [
        ("part", [Train, Held, Test]),
        ("language", ["en", "de", "es", "fr", "pt"]),
        ("sentiment", ["negative", "neutral", "positive"]),
        ("emotion", ["anger", "joy", "optimism", "sadness", "none"]),
        ("anger", ["anger", "calm"]),
        ("toxicity", ["toxic", "clean"]),
        ("irony", ["irony", "literal"]),
        ("complaint", ["complaint", "other"]),
        ("intent", ["question", "help", "request", "complaint", "praise", "suggestion", "chat"]),
        ("topic", TopicLabels.All),
        ("technical", YesNo),
        ("urgent", YesNo),
        ("purchase", YesNo),
        ("idea", YesNo),
        ("about", ["company", "else"]),
        ("spam", ["spam", "genuine"]),
    ];

    private static readonly string[] Columns = [.. Known.Select(column => column.Name), "text"];

    /// <summary>The labels of each head that the posts are labelled for; <c>docs/labelling.md</c> says what they mean.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Labels { get; } =
        Known.Skip(2).ToDictionary(head => head.Name, head => head.Values, StringComparer.Ordinal);

    public static IReadOnlyList<OwnPost> All { get; } = [.. PostsResources.SelectMany(ReadPosts)];

    /// <summary>Words and turns of phrase that mean a label by themselves; trained on, never measured by.</summary>
    public static ILookup<string, LabelledText> Phrases { get; } = ReadPhrases();

    /// <summary>Reads posts.</summary>
    /// <param name="reader">One header line, then a post a line.</param>
    /// <param name="name">What a message calls the file.</param>
    /// <exception cref="InvalidDataException">A column, a field or a label is wrong; the message says in which line, and what would be right.</exception>
    internal static IReadOnlyList<OwnPost> Read(TextReader reader, string name)
    {
        var posts = new List<OwnPost>();
        foreach (var (line, fields) in Rows(reader, name, Columns))
        {
            for (var i = 0; i < Known.Length; i++)
            {
                if (!Known[i].Values.Contains(fields[i]))
                    throw new InvalidDataException(
                        $"{name}, line {line}, column {Known[i].Name}: \"{fields[i]}\" is unknown; expected {string.Join(", ", Known[i].Values)}.");
            }

            var labels = Enumerable.Range(1, Known.Length - 1).ToDictionary(i => Columns[i], i => fields[i], StringComparer.Ordinal);
            posts.Add(new OwnPost(fields[0], fields[1], fields[^1], labels));
        }

        return posts;
    }

    private static IReadOnlyList<OwnPost> ReadPosts(string resource)
    {
        using var reader = Open(resource);
        return Read(reader, resource);
    }

    private static ILookup<string, LabelledText> ReadPhrases()
    {
        using var reader = Open(PhrasesResource);
        return Rows(reader, PhrasesResource, PhraseColumns)
            .ToLookup(row => row.Fields[0], row => new LabelledText(row.Fields[3], row.Fields[1]), StringComparer.Ordinal);
    }

    private static StreamReader Open(string resource) =>
        new(Resources.Open(resource));

    private static IEnumerable<(int Line, string[] Fields)> Rows(TextReader reader, string name, string[] columns)
    {
        if (reader.ReadLine() != string.Join('\t', columns))
            throw new InvalidDataException($"{name}, line 1: the columns {string.Join(", ", columns)} are expected.");
        for (var line = 2; reader.ReadLine() is { } row; line++)
        {
            var fields = row.Split('\t');
            yield return fields.Length == columns.Length ? (line, fields)
                : throw new InvalidDataException($"{name}, line {line}: {fields.Length} fields, expected {columns.Length}.");
        }
    }
}
