using Crowd4Care.Networks.Bluesky;

namespace Crowd4Care.Tests.Networks.Bluesky;

public sealed class BlueskyTextTests
{
    [TestCase("", 0)]
    [TestCase("abc", 3)]
    [TestCase("👨‍👩‍👧‍👦", 1)]
    [TestCase("🇩🇪🇫🇷", 2)]
    [TestCase("e\u0301", 1)]
    [TestCase("👍🏽!", 2)]
    [TestCase("a\r\nb", 3)]
    public void A_text_is_counted_in_what_a_reader_sees_as_one_character(string text, int count) =>
        Assert.That(BlueskyText.Measure(text).Count, Is.EqualTo(count));

    [Test]
    public void Three_hundred_characters_fit_and_one_more_does_not()
    {
        Assert.That(BlueskyText.Measure(new string('x', 300)).Fits, Is.True);
        Assert.That(BlueskyText.Measure(new string('x', 301)).Fits, Is.False);
    }

    [Test]
    public void Few_characters_of_many_bytes_do_not_fit()
    {
        var family = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 121));
        var measure = BlueskyText.Measure(family);
        Assert.That(measure.Count, Is.EqualTo(121));
        Assert.That(measure.Fits, Is.False, "121 families of 25 bytes are 3025 bytes");
    }
}
