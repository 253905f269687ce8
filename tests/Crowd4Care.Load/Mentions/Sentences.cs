namespace Crowd4Care.Load.Mentions;

/// <summary>Sentences written for the generator, by language and mood.</summary>
internal static class Sentences
{
    private static readonly ILookup<(string Language, string Mood), string> All = Read();

    /// <summary>The languages, the most frequent first.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "es", "de", "pt", "fr"];

    public static IReadOnlyList<string> Moods { get; } = ["question", "praise", "complaint", "fault", "chat"];

    public static IReadOnlyList<string> Names { get; } =
    [
        "Ana Ruiz", "Ben Okoro", "Carla Mendes", "Dieter Vogt", "Elif Kaya", "Farid Haddad", "Greta Lind", "Hugo Blanc", "Ines Costa", "Jonas Berg",
        "Kim Tran", "Lena Fuchs", "Mia Rossi", "Noah Smith", "Olga Petrova", "Paulo Reis", "Quentin Roy", "Rosa Gil", "Sam Lee", "Tomas Novak",
    ];

    public static string Any(string language, string mood, Random random)
    {
        var some = All[(language, mood)];
        return some.ElementAt(random.Next(some.Count()));
    }

    private static ILookup<(string, string), string> Read()
    {
        using var reader = new StreamReader(typeof(Sentences).Assembly.GetManifestResourceStream("sentences.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .ToLookup(parts => (parts[0], parts[1]), parts => parts[2]);
    }
}
