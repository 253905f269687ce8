using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;

namespace Crowd4Care.Ingestion;

/// <summary>
/// Reads mentions from a file of JSON lines or CSV with a header, plain or gzipped; what it is shows in the content.
/// A line that can't be read becomes a mistake with its number, and reading goes on.
/// </summary>
public sealed class MentionFile(TimeProvider clock)
{
    private static readonly string[] NeededColumns = ["id", "network", "author", "text"];

    private static readonly string[] Columns =
        ["id", "network", "author", "author_id", "author_name", "followers", "verified", "bot", "text", "created_at", "in_reply_to", "root_id", "brand", "url", "language"];

    /// <summary>Reads to the end.</summary>
    /// <exception cref="InvalidDataException">The file as a whole can't be read: a broken gzip file, or CSV without the columns that are needed.</exception>
    public async IAsyncEnumerable<FileLine> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var content = PipeReader.Create(stream);
        if (await StartsWithAsync(content, b => b is [0x1F, 0x8B, ..], cancellationToken))
            content = PipeReader.Create(new GZipStream(content.AsStream(), CompressionMode.Decompress));

        var json = await StartsWithAsync(content, b => b.IsEmpty || b.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{', ..] or [], cancellationToken)
            || await StartsWithAsync(content, b => !b.Contains((byte)',') && !b.Contains((byte)';') && !b.Contains((byte)'\t'), cancellationToken);
        await foreach (var line in json ? ReadJsonLinesAsync(content.AsStream(), cancellationToken) : ReadCsvAsync(content.AsStream(), cancellationToken))
            yield return line;
    }

    private static async Task<bool> StartsWithAsync(PipeReader content, Peek test, CancellationToken cancellationToken)
    {
        var start = await content.ReadAtLeastAsync(256, cancellationToken);
        var bytes = start.Buffer.Slice(0, Math.Min(256, start.Buffer.Length)).ToArray();
        content.AdvanceTo(start.Buffer.Start);
        return test(bytes);
    }

    private delegate bool Peek(ReadOnlySpan<byte> bytes);

    private async IAsyncEnumerable<FileLine> ReadJsonLinesAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        await foreach (var line in LineReader.ReadAsync(stream, cancellationToken))
        {
            number++;
            if (line is null)
                yield return new FileLine(number, PostReading.Refused(string.Create(CultureInfo.InvariantCulture, $"the line is longer than {LineReader.LongestLine} bytes")));
            else if (!line.AsSpan().Trim(" \t\uFEFF"u8).IsEmpty)
                yield return new FileLine(number, ReadLine(line));
        }
    }

    private PostReading ReadLine(byte[] line)
    {
        if (!Utf8.IsValid(line))
            return PostReading.Refused(string.Create(CultureInfo.InvariantCulture, $"is not valid UTF-8 from byte {FirstInvalid(line) + 1} on"));

        try
        {
            using var json = JsonDocument.Parse(line.AsMemory(line.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
            return PostJson.Read(json.RootElement, clock.GetUtcNow());
        }
        catch (JsonException e)
        {
            return PostReading.Refused(string.Create(CultureInfo.InvariantCulture, $"is not a JSON object: a mistake at byte {e.BytePositionInLine + 1}"));
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        return at;
    }

    private async IAsyncEnumerable<FileLine> ReadCsvAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            PrepareHeaderForMatch = h => h.Header.Trim().ToLowerInvariant(),
            MissingFieldFound = null,
            BadDataFound = null,
            MaxFieldSize = LineReader.LongestLine,
            // Or the rest of a line that was given up could not be told from the next line.
            IgnoreBlankLines = false,
        });
        if (!await HasHeaderAsync(csv))
            yield break;

        var header = csv.HeaderRecord!.Select(h => h.Trim().ToLowerInvariant()).ToList();
        if (NeededColumns.Except(header).ToList() is { Count: > 0 } missing)
        {
            throw new InvalidDataException(
                $"line 1: the CSV header lacks {string.Join(", ", missing)}; it may have {string.Join(", ", Columns)}");
        }

        var tooLong = false;
        var givenUp = 0;
        long Line() => csv.Parser.RawRow - givenUp;

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (!await csv.ReadAsync())
                    break;
            }
            catch (MaxFieldSizeException)
            {
                // Parsing goes on in the middle of the field, as if on a new line: what comes up to the end of the line still belongs to it.
                tooLong = true;
                givenUp++;
                continue;
            }

            if (tooLong)
                yield return new FileLine(Line(), TooLong);
            else if (!csv.Parser.RawRecord.AsSpan().Trim("\r\n").IsEmpty)
                yield return new FileLine(Line(), ReadRecord(csv));
            tooLong = false;
        }

        if (tooLong)
            yield return new FileLine(Line(), TooLong);
    }

    private static async Task<bool> HasHeaderAsync(CsvReader csv)
    {
        try
        {
            return await csv.ReadAsync() && csv.ReadHeader();
        }
        catch (MaxFieldSizeException e)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"line 1: neither a JSON object nor a CSV header: a field is longer than {LineReader.LongestLine} characters"), e);
        }
    }

    private static PostReading TooLong { get; } =
        PostReading.Refused(string.Create(CultureInfo.InvariantCulture, $"a field is longer than {LineReader.LongestLine} characters"));

    private PostReading ReadRecord(CsvReader csv)
    {
        var mistakes = new List<string>();
        string? Field(string name) => csv.TryGetField<string>(name, out var value) && !string.IsNullOrEmpty(value) ? value : null;

        if (csv.Parser.RawRecord.Contains('\uFFFD', StringComparison.Ordinal))
            mistakes.Add("is not valid UTF-8");
        var time = clock.GetUtcNow();
        if (Field("created_at") is { } written && !PostDraft.TryTime(written, out time))
            mistakes.Add(PostDraft.TimeMistake("created_at", written));
        var followers = 0;
        if (Field("followers") is { } counted && !int.TryParse(counted, NumberStyles.None, CultureInfo.InvariantCulture, out followers))
            mistakes.Add($"followers: a whole number, 0 or more, is expected, not \"{counted}\"");
        bool? Flag(string name)
        {
            if (Field(name) is not { } written)
                return null;
            if (!bool.TryParse(written, out var flag))
                mistakes.Add($"{name}: true or false is expected, not \"{written}\"");
            return flag;
        }

        return new PostDraft
        {
            Id = Field("id"),
            Network = Field("network"),
            AuthorId = Field("author_id"),
            Handle = Field("author"),
            Name = Field("author_name"),
            Followers = Field("followers") is null ? null : followers,
            IsVerified = Flag("verified"),
            IsBot = Flag("bot"),
            Text = csv.GetField("text"),
            CreatedAt = time,
            InReplyTo = Field("in_reply_to"),
            RootId = Field("root_id"),
            Brand = Field("brand"),
            Url = Field("url"),
            Language = Field("language"),
        }.Check(mistakes);
    }
}

/// <summary>One line of a file and what it says.</summary>
/// <param name="Number">Counted from 1; in CSV the line on which the record ends.</param>
/// <param name="Reading">The post, or what is wrong.</param>
public sealed record FileLine(long Number, PostReading Reading);
