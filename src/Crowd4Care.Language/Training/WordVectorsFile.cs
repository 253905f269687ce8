using System.Text.Json;
using Crowd4Care.Language.Knowledge;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Reads word vectors as JSON: <c>words</c>, an array with the commonest first, and <c>vectors</c>, an object with an array of numbers for each
/// word, of which those beyond <see cref="WordVectors.Dimensions"/> are something else.
/// </summary>
internal static class WordVectorsFile
{
    /// <exception cref="InvalidDataException">It is not such a file; the message says what is missing.</exception>
    public static IReadOnlyList<(string Word, float[] Vector)> Read(string path, int most)
    {
        var json = new Utf8JsonReader(File.ReadAllBytes(path));
        var (words, vectors) = (new List<string>(), new Dictionary<string, float[]>(StringComparer.Ordinal));
        try
        {
            while (json.Read())
            {
                if (json is not { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
                    continue;
                if (json.ValueTextEquals("words"))
                    ReadWords(ref json, words);
                else if (json.ValueTextEquals("vectors"))
                    ReadVectors(ref json, vectors);
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: is not JSON with words and their vectors: {failure.Message}", failure);
        }

        var known = words.Where(vectors.ContainsKey).Take(most).Select(word => (word, vectors[word])).ToList();
        return known.Count > 0 ? known : throw new InvalidDataException($"{path}: has no words with vectors; an array \"words\" and an object \"vectors\" are expected.");
    }

    private static void ReadWords(ref Utf8JsonReader json, List<string> words)
    {
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            words.Add(json.GetString()!);
    }

    private static void ReadVectors(ref Utf8JsonReader json, Dictionary<string, float[]> vectors)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var word = json.GetString()!;
            var vector = new float[WordVectors.Dimensions];
            json.Read();
            for (var i = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; i++)
            {
                if (i < vector.Length)
                    vector[i] = json.GetSingle();
            }

            vectors[word] = vector;
        }
    }
}
