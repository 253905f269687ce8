using Crowd4Care.Language.Text;

namespace Crowd4Care.Tests.Language;

public sealed class PlainTextTests
{
    [TestCase("@brand my #parcel isn&#39;t  here https://x.example", "my parcel isn't here")]
    [TestCase("@brand", "")]
    [TestCase("", "")]
    [TestCase(" late\r\n\tagain ", "late again")]
    public void A_post_is_written_as_a_sentence(string text, string plain) => Assert.That(new PlainText().Of(text).ToString(), Is.EqualTo(plain));

    [Test]
    public void What_is_no_character_is_left_out() => Assert.That(new PlainText().Of("\ud83d late\ufffe \ude00 😀").ToString(), Is.EqualTo("late 😀"));

    [Test]
    public void However_long_a_text_is_only_its_beginning_counts()
    {
        var plain = new PlainText();
        Assert.That(plain.Of(string.Concat(Enumerable.Repeat("😀", 1_000_000))).Length, Is.LessThanOrEqualTo(PlainText.Longest));
        Assert.That(plain.Of(new string('a', 1_000_000)).Length, Is.EqualTo(PlainText.Longest));
        Assert.That(plain.Of("late").ToString(), Is.EqualTo("late"), "nothing stays of the one before");
    }
}
