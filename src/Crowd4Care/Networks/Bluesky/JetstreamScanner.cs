using System.Text;
using System.Text.Json;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// Reads of a frame only what tells whether it concerns the brand: of thousands a second, a few do. Nothing is allocated for the rest.
/// Not for several threads at once.
/// </summary>
internal sealed class JetstreamScanner(KeywordMatcher matcher)
{
    private char[] text = new char[4096];
    private int length;

    /// <summary>What a frame is to us.</summary>
    public enum Concern
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>A new post that holds a keyword, or names the brand's account.</summary>
        Post,

        /// <summary>A deleted post.</summary>
        Deletion,

        /// <summary>A change of somebody's account.</summary>
        Account,
    }

    /// <summary>What the frame is, and where it stands in the stream.</summary>
    public readonly record struct Scan(Concern Concern, bool HasKeyword, long TimeUs, long? Number);

    /// <param name="frame">One event as JSON.</param>
    /// <param name="brand">The brand's identifier as UTF-8; empty when it is not known.</param>
    /// <exception cref="JsonException">The frame is no event.</exception>
    public Scan Read(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> brand)
    {
        length = 0;
        long time = 0;
        long? number = null;
        var concern = Concern.None;
        var reader = new Utf8JsonReader(frame);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("The event is no object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("time_us"u8)) time = Number(ref reader) ?? throw new JsonException("The event's time is no number.");
            else if (reader.ValueTextEquals("cursor"u8)) number = Number(ref reader);
            else if (reader.ValueTextEquals("commit"u8)) concern = Commit(ref reader);
            else if (reader.ValueTextEquals("account"u8))
            {
                concern = Concern.Account;
                Skip(ref reader);
            }
            else Skip(ref reader);
        }
        while (reader.Read())
        {
            // Nothing may follow.
        }
        if (time <= 0) throw new JsonException("The event has no time.");

        var hasKeyword = false;
        if (concern == Concern.Post)
        {
            hasKeyword = matcher.MatchesFolded(text.AsSpan(0, TextFolding.Fold(text.AsSpan(0, length), text)));
            if (!hasKeyword && (brand.IsEmpty || frame.IndexOf(brand) < 0)) concern = Concern.None;
        }
        return new Scan(concern, hasKeyword, time, number);
    }

    private Concern Commit(ref Utf8JsonReader reader)
    {
        if (!Enter(ref reader)) return Concern.None;
        bool isPost = false, isNew = false, isGone = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("operation"u8))
            {
                reader.Read();
                isNew = Is(ref reader, "create"u8);
                isGone = Is(ref reader, "delete"u8);
                SkipRest(ref reader);
            }
            else if (reader.ValueTextEquals("collection"u8))
            {
                reader.Read();
                isPost = Is(ref reader, "app.bsky.feed.post"u8);
                SkipRest(ref reader);
            }
            else if (reader.ValueTextEquals("record"u8)) Record(ref reader);
            else Skip(ref reader);
        }
        return (isPost, isNew, isGone) switch
        {
            (true, true, _) => Concern.Post,
            (true, _, true) => Concern.Deletion,
            _ => Concern.None,
        };
    }

    private void Record(ref Utf8JsonReader reader)
    {
        if (!Enter(ref reader)) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("text"u8))
            {
                reader.Read();
                Append(ref reader, " "u8);
                SkipRest(ref reader);
            }
            else if (reader.ValueTextEquals("tags"u8)) Tags(ref reader);
            else Skip(ref reader);
        }
    }

    /// <summary>Tags that a post carries beside its text.</summary>
    private void Tags(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            SkipRest(ref reader);
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Append(ref reader, " #"u8);
            SkipRest(ref reader);
        }
    }

    private void Append(ref Utf8JsonReader reader, ReadOnlySpan<byte> before)
    {
        if (reader.TokenType != JsonTokenType.String) return;
        var most = length + before.Length + reader.ValueSpan.Length;
        if (most > text.Length) Array.Resize(ref text, most * 2);
        length += Encoding.ASCII.GetChars(before, text.AsSpan(length));
        length += reader.CopyString(text.AsSpan(length));
    }

    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> value) =>
        reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(value);

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)) return value;
        SkipRest(ref reader);
        return null;
    }

    /// <summary>Goes to the value after a property's name; false, and past it, when it is no object.</summary>
    private static bool Enter(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        SkipRest(ref reader);
        return false;
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        SkipRest(ref reader);
    }

    private static void SkipRest(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.Skip();
    }
}
