using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Crowd4Care.Ingestion;

/// <summary>Splits a stream into lines of bytes. A line over the limit is passed over without being held in memory.</summary>
internal static class LineReader
{
    /// <summary>Longest line in bytes: a text of the longest size in the longest escapes, and the rest of the object.</summary>
    public const int LongestLine = 2 * 1024 * 1024;

    /// <summary>Reads lines without their ends; a null line was too long.</summary>
    public static async IAsyncEnumerable<byte[]?> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        var skipping = false;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return skipping || buffer.Slice(0, end).Length > LongestLine ? null : ToLine(buffer.Slice(0, end));
                skipping = false;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            // The rest of such a line is let go at once: collected, it would be searched again with each piece that comes.
            if (skipping || buffer.Length > LongestLine)
            {
                skipping = true;
                buffer = buffer.Slice(buffer.End);
            }

            if (result.IsCompleted)
            {
                if (skipping)
                    yield return null;
                else if (!buffer.IsEmpty)
                    yield return ToLine(buffer);
                break;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }

        await reader.CompleteAsync();
    }

    private static byte[] ToLine(ReadOnlySequence<byte> line)
    {
        var bytes = line.ToArray();
        return bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
    }
}
