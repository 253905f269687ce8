namespace Crowd4Care.Language.Training;

/// <summary>One post written and labelled for this project.</summary>
internal sealed record OwnPost(bool Held, string Language, string Text, IReadOnlyDictionary<string, string> Labels);

/// <summary>Short posts in five languages, as people write to brands, labelled for every head. A fifth is held out of training.</summary>
internal static class OwnPosts
{
    private const string Resource = "training/posts.tsv";
    private static readonly string[] Columns = ["part", "language", "sentiment", "anger", "toxicity", "topic", "text"];

    public static IReadOnlyList<OwnPost> All { get; } = Read();

    private static List<OwnPost> Read()
    {
        using var stream = typeof(OwnPosts).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from this build.");
        using var reader = new StreamReader(stream);
        var posts = new List<OwnPost>();
        if (reader.ReadLine() != string.Join('\t', Columns))
            throw new InvalidDataException($"{Resource}, line 1: the columns {string.Join(", ", Columns)} are expected.");
        for (var line = 2; reader.ReadLine() is { } row; line++)
        {
            var fields = row.Split('\t');
            if (fields.Length != Columns.Length)
                throw new InvalidDataException($"{Resource}, line {line}: {fields.Length} fields, expected {Columns.Length}.");
            var labels = Enumerable.Range(1, 5).ToDictionary(column => Columns[column], column => fields[column], StringComparer.Ordinal);
            posts.Add(new OwnPost(fields[0] == "held", fields[1], fields[6], labels));
        }

        return posts;
    }
}
