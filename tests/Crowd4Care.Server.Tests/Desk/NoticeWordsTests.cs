using Crowd4Care.Engagement;
using Crowd4Care.Server.Desk.Live;

namespace Crowd4Care.Server.Tests.Desk;

public sealed class NoticeWordsTests
{
    [TestCase("Hi @lumen.example.com, where is my lamp?", "Hi @…, where is my lamp?")]
    [TestCase("Write me: kit@example.org or +49 30 1234567", "Write me: … or …")]
    [TestCase("Order 20345678 is late, see https://example.org/o/1?x=2", "Order … is late, see …")]
    [TestCase("  Two\n\nlines ", "Two lines")]
    [TestCase("It cost 12 in 2026", "It cost 12 in 2026")]
    public void What_names_or_reaches_people_is_left_out(string text, string expected) => Assert.That(NoticeWords.Quote(text), Is.EqualTo(expected));

    [Test]
    public void A_long_text_ends_at_a_word()
    {
        var quote = NoticeWords.Quote(string.Join(' ', Enumerable.Repeat("lamp", 40)));
        Assert.That(quote, Has.Length.LessThanOrEqualTo(91).And.EndsWith("lamp…"));
        Assert.That(NoticeWords.Quote(new string('x', 89) + "🔥🔥"), Does.EndWith("x…"), "no half of a character");
    }

    [Test]
    public void Discreet_notifications_have_no_word_of_the_mention()
    {
        var notice = new Notice { Kind = NoticeKind.Offer, MentionId = Guid.Empty, Network = "bluesky", Text = "My lamp burns", At = default };
        Assert.That(NoticeWords.Title(notice), Is.EqualTo("Bluesky: offered to you"));
        Assert.That(NoticeWords.Body(notice, isDiscreet: true), Is.EqualTo("Open it to see what it is about."));
        Assert.That(NoticeWords.Body(notice, isDiscreet: false), Is.EqualTo("My lamp burns"));
    }
}
