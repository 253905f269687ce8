using Crowd4Care.Language.Linear;

namespace Crowd4Care.Tests.Language;

public sealed class SparseBytesTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(100_003)]
    public void Bytes_are_as_they_were(int length)
    {
        var content = Mixed(length);
        var packed = SparseBytes.Pack(content);
        var unpacked = Enumerable.Repeat((byte)77, length).ToArray();
        Assert.That(SparseBytes.TryUnpack(packed, unpacked), Is.True);
        Assert.That(unpacked, Is.EqualTo(content));
        Assert.That(packed.Length, Is.EqualTo(((length + 63) / 64 * 8) + content.Count(value => value != 0)));
    }

    [Test]
    public void What_is_damaged_is_noticed()
    {
        var packed = SparseBytes.Pack(Mixed(100));
        byte[] beyond = [.. packed, 1];
        beyond[15] |= 0x80;
        foreach (var damaged in new[] { [], packed[..10], packed[..^1], [.. packed, 1], beyond })
            Assert.That(SparseBytes.TryUnpack(damaged, new byte[100]), Is.False, $"{damaged.Length} bytes");
    }

    private static byte[] Mixed(int length)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)(random.Next(2) * random.Next(256)))];
    }
}
