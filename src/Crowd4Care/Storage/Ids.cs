using System.Security.Cryptography;
using System.Text;

namespace Crowd4Care.Storage;

/// <summary>Makes identifiers.</summary>
public static class Ids
{
    /// <summary>A new UUID v7: sorts by the time of <paramref name="clock"/>.</summary>
    public static Guid New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
#pragma warning disable RS0030 // The one place that may: with the time of the given clock.
        return Guid.CreateVersion7(clock.GetUtcNow());
#pragma warning restore RS0030
    }

    /// <summary>The first of the ids that are made at a time.</summary>
    public static Guid FirstOf(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The id that follows from a name (UUID v8: the first bytes of its SHA-256): whoever makes it makes the same.</summary>
    public static Guid Of(string scope, string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{name}"), hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
