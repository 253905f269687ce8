namespace Crowd4Care.Language.Training;

/// <summary>Reads texts on all cores: sentences take long.</summary>
internal static class TextBatches
{
    private const int TextsAtOnce = 64;

    /// <summary>What was read, in the order of the texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="read">Reads some of them on one core, with room of its own.</param>
    public static List<TRead> Read<TText, TRead>(IEnumerable<TText> texts, Func<TText[], IEnumerable<TRead>> read) =>
        [.. texts.Chunk(TextsAtOnce).AsParallel().AsOrdered().SelectMany(read)];
}
