using Crowd4Care.Contracts;
using Crowd4Care.Server.Desk.Actions;
using Crowd4Care.Server.Desk.Admin;
using Crowd4Care.Server.Desk.Conversation;
using Crowd4Care.Server.Desk.Shared;

namespace Crowd4Care.Server.Tests.Desk;

public sealed class DeskWordsTests
{
    [TestCase("/feed?topic=billing", "/feed?topic=billing")]
    [TestCase("//evil.example", "/")]
    [TestCase("/\\evil.example", "/")]
    [TestCase("https://evil.example", "/")]
    [TestCase("/a\r\nSet-Cookie: x", "/")]
    [TestCase("", "/")]
    [TestCase(null, "/")]
    public void A_redirect_stays_on_this_site(string? asked, string expected) => Assert.That(DeskAnswer.Local(asked), Is.EqualTo(expected));

    [Test]
    public void Overlapping_causes_go_to_the_strongest_and_the_text_stays_whole()
    {
        const string text = "The router 🔥 is broken again";
        var score = new MentionScore
        {
            ModelVersion = "1",
            Heads =
            [
                new Score { Head = "anger", Label = "anger", Probability = 0.9, Causes = [new ScoreCause(17, 12, "broken again", 0.5)] },
                new Score { Head = "topic", Label = "technical", Probability = 0.8, Causes = [new ScoreCause(17, 6, "broken", 0.9), new ScoreCause(4, 900, "router", 0.1)] },
            ],
        };

        var segments = TextSegment.Of(text, score);
        Assert.That(string.Concat(segments.Select(s => s.Text)), Is.EqualTo(text));
        Assert.That(segments.Single(s => s.Text == "broken").Head, Is.EqualTo("topic"));
        Assert.That(segments.Single(s => s.Text == " again").Head, Is.EqualTo("anger"));
    }

    [Test]
    public void A_text_without_a_score_is_one_segment() => Assert.That(TextSegment.Of("Hello", null), Has.Count.EqualTo(1));

    [TestCase(30, "now")]
    [TestCase(50, "1 min")]
    [TestCase(3_700, "1 h")]
    [TestCase(200_000, "2 d")]
    public void Ages_are_short(int seconds, string expected) => Assert.That(Words.Ago(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));

    [TestCase(999, "999")]
    [TestCase(1_234, "1.2k")]
    [TestCase(25_400, "25k")]
    [TestCase(3_000_000, "3M")]
    public void Followers_are_rounded(int number, string expected) => Assert.That(Words.Short(number), Is.EqualTo(expected));

    [Test]
    public void A_channel_needs_something_to_listen_for() =>
        Assert.That(new BlueskyDraft("", [], "", "", "").Mistakes(hasSecret: false), Has.Count.EqualTo(1));

    [Test]
    public void Keywords_alone_are_enough() =>
        Assert.That(new BlueskyDraft("", ["nordlumen"], "", "", "").Mistakes(hasSecret: false), Is.Empty);

    [Test]
    public void An_account_needs_its_app_password() =>
        Assert.That(new BlueskyDraft("", [], "brand.example.com", "", "").Mistakes(hasSecret: false), Has.One.Contains("app password"));
}
