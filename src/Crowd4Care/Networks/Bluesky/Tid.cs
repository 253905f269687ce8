using System.Security.Cryptography;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// Makes timestamp identifiers, the record keys of the network: 53 bits of Unix microseconds and 10 bits of a clock's own number,
/// as 13 characters that sort as the time does. Each is greater than the one before, whatever the clock does.
/// </summary>
internal sealed class Tid(TimeProvider time)
{
    private const string Alphabet = "234567abcdefghijklmnopqrstuvwxyz";
    private const int Length = 13;

    private readonly long clock = RandomNumberGenerator.GetInt32(1024);
    private long last;

    public string Next()
    {
        while (true)
        {
            var previous = Volatile.Read(ref last);
            var now = Math.Max(previous + 1, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            if (Interlocked.CompareExchange(ref last, now, previous) == previous) return Format((now << 10) | clock);
        }
    }

    private static string Format(long value) => string.Create(Length, value, static (text, v) =>
    {
        for (var i = Length - 1; i >= 0; i--, v >>= 5) text[i] = Alphabet[(int)(v & 31)];
    });
}
