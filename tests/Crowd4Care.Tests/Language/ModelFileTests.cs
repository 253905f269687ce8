using System.Runtime.InteropServices;
using Crowd4Care.Language;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Tests.Language;

public sealed class ModelFileTests
{
    private static readonly byte[] Whole = SomeTexts.Bytes(SomeTexts.Model());

    [Test]
    public void Another_kind_of_file_is_named_as_such() => Assert.That(Reason("hello, world"u8.ToArray()), Does.Contain("not a Crowd4Care model"));

    [Test]
    public void An_empty_file_is_no_model() => Assert.That(Reason([]), Does.Contain("not a Crowd4Care model"));

    [TestCase(0.05)]
    [TestCase(0.5)]
    [TestCase(0.99)]
    public void A_truncated_file_is_reported(double kept) => Assert.That(Reason(Whole[..(int)(Whole.Length * kept)]), Does.Contain("cut off").Or.Contain("damaged"));

    [Test]
    public void A_flipped_bit_anywhere_is_noticed()
    {
        var random = new Random(3);
        for (var i = 0; i < 40; i++)
        {
            var flipped = (byte[])Whole.Clone();
            flipped[random.Next(flipped.Length)] ^= 0x10;
            using var stream = new MemoryStream(flipped);
            Assert.That(() => MentionModel.Load(stream), Throws.InstanceOf<InvalidDataException>());
        }
    }

    [Test]
    public void A_model_survives_saving_and_loading()
    {
        using var stream = new MemoryStream(Whole);
        var loaded = MentionModel.Load(stream);
        Assert.That(SomeTexts.Bytes(loaded), Is.EqualTo(Whole));
        Assert.That(loaded.Score("two pears")[0].Label, Is.EqualTo("fruit"));
    }

    [Test]
    public void A_model_of_several_pieces_is_the_same_again()
    {
        // One without zeros, one half of zeros, one of zeros alone.
        var content = new sbyte[(2 * Chunks.Length) + 12_345];
        var random = new Random(7);
        random.NextBytes(MemoryMarshal.AsBytes(content.AsSpan(0, Chunks.Length)));
        for (var i = Chunks.Length; i < 2 * Chunks.Length; i += 2)
            content[i] = (sbyte)random.Next(1, 128);
        using var stream = new MemoryStream();
        Chunks.Write(stream, content);
        Assert.That(stream.Length, Is.LessThan(Chunks.Length * 1.7), "zeros take no room");
        stream.Position = 0;

        var read = Chunks.Read(stream, content.Length);
        Assert.That(read, Is.EqualTo(content));
        var checksum = Chunks.ChecksumOf(read);
        Assert.That(checksum, Is.EqualTo(Chunks.ChecksumOf(content)));
        content[^1] ^= 1;
        Assert.That(checksum, Is.Not.EqualTo(Chunks.ChecksumOf(content)));
        stream.Position = 0;
        Assert.That(() => Chunks.Read(stream, content.Length + Chunks.Length), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("claims 3"));
    }

    [TestCase(3)]
    [TestCase(9)]
    public void Another_format_is_reported_with_its_number(byte format)
    {
        var other = (byte[])Whole.Clone();
        other[4] = format;
        Assert.That(Reason(other), Does.Contain($"format {format}").And.Contain("Train it again"));
    }

    private static string Reason(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Assert.Throws<InvalidDataException>(() => MentionModel.Load(stream))!.Message;
    }
}
