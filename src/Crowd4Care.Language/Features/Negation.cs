namespace Crowd4Care.Language.Features;

/// <summary>Words that turn the next few around, in five languages.</summary>
internal static class Negation
{
    /// <summary>How many words a negation reaches.</summary>
    public const int Reach = 3;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new HashSet<string>(StringComparer.Ordinal)
    {
        "not", "no", "never", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "wont", "without", "nothing", "nobody",
        "nicht", "kein", "keine", "keinen", "nie", "niemals", "ohne", "nunca", "jamás", "sin", "nada", "tampoco", "ni",
        "ne", "pas", "jamais", "aucun", "aucune", "sans", "rien", "não", "nao", "nem", "sem", "nenhum", "nenhuma",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Starts(ReadOnlySpan<char> word) => Words.Contains(word) || word.EndsWith("n't");
}
