using System.Text.Json;

namespace Crowd4Care.Language.Training;

/// <summary>Reads words from JSON: an array <c>words</c> with the commonest first; whatever else the file has is left alone.</summary>
internal static class CommonWordsFile
{
    /// <exception cref="InvalidDataException">It is not such a file; the message says what is missing.</exception>
    public static IReadOnlyList<string> Read(string path, int most)
    {
        var json = new Utf8JsonReader(File.ReadAllBytes(path));
        var words = new List<string>();
        try
        {
            while (json.Read() && !(json is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && json.ValueTextEquals("words")))
            {
            }

            json.Read();
            while (words.Count < most && json.Read() && json.TokenType == JsonTokenType.String)
                words.Add(json.GetString()!);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: is not JSON with words: {failure.Message}", failure);
        }

        return words.Count > 0 ? words : throw new InvalidDataException($"{path}: has no words; an array \"words\" of strings is expected.");
    }
}
