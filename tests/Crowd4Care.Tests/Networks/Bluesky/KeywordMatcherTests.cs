using System.Text;
using Crowd4Care.Networks.Bluesky;

namespace Crowd4Care.Tests.Networks.Bluesky;

public sealed class KeywordMatcherTests
{
    [TestCase("acme", "My Acme router is down")]
    [TestCase("acme", "ACME!")]
    [TestCase("acme", "(acme)")]
    [TestCase("acme", "acme's new box")]
    [TestCase("acme", "love #acme")]
    [TestCase("Acme Router", "my acme \n router died")]
    [TestCase("café acmé", "CAFE ACME opened")]
    [TestCase("cafe", "das Cafe\u0301 ist zu")]
    [TestCase("naïve", "so naive")]
    [TestCase("łódź", "Lodz by night")]
    [TestCase("αθήνα", "στην Αθηνα")]
    [TestCase("#acme", "why, #Acme, why")]
    [TestCase("#acme", "＃acme")]
    [TestCase("@brand.test", "hey @brand.test!")]
    [TestCase("acme", "ａｃｍｅ")]
    [TestCase("acme", "我的acme坏了")]
    [TestCase("苹果", "我的苹果手机坏了")]
    [TestCase("がく", "東京がくいん")]
    [TestCase("삼성", "삼성은 좋아요")]
    [TestCase("c++", "I write c++ daily")]
    [TestCase("at&t", "at&t again")]
    [TestCase("acme", "ac\u00ADme")]
    [TestCase("O'Neill", "by o’neill")]
    [TestCase("acme", "acmeacme acme")]
    [TestCase("🔥", "so 🔥🔥")]
    public void A_keyword_is_found(string keyword, string text) => Assert.That(new KeywordMatcher([keyword]).Matches(text), Is.True);

    [TestCase("acme", "acmeology")]
    [TestCase("acme", "pacme")]
    [TestCase("acme", "acme2")]
    [TestCase("acme", "acme_support")]
    [TestCase("#acme", "#acmeshop")]
    [TestCase("#acme", "acme")]
    [TestCase("@brand.test", "mail me at someone@brand.test")]
    [TestCase("@brand.test", "@brand.tester")]
    [TestCase("acme router", "acmerouter")]
    [TestCase("がく", "東京かく")]
    [TestCase("acme", "")]
    public void A_part_of_another_word_is_no_keyword(string keyword, string text) =>
        Assert.That(new KeywordMatcher([keyword]).Matches(text), Is.False);

    [Test]
    public void Without_keywords_nothing_matches()
    {
        var matcher = new KeywordMatcher(["", "  "]);
        Assert.That(matcher.IsEmpty, Is.True);
        Assert.That(matcher.Matches("acme"), Is.False);
    }

    [Test]
    public void One_of_hundreds_of_keywords_is_enough()
    {
        var matcher = new KeywordMatcher(Enumerable.Range(0, 500).Select(i => $"product{i}"));
        Assert.That(matcher.Matches("where is product499?"), Is.True);
        Assert.That(matcher.Matches("where is product4999?"), Is.False);
    }

    [Test]
    public void A_keyword_inside_a_longer_one_is_found_where_only_it_fits()
    {
        var matcher = new KeywordMatcher(["acme router x", "acme"]);
        Assert.That(matcher.Matches("acme router"), Is.True);
    }

    [Test]
    public void A_text_of_nothing_but_half_hits_is_done_in_time()
    {
        var text = new StringBuilder().Insert(0, "acmeacme", 100_000).ToString();
        Assert.That(new KeywordMatcher(["acme", "acmeac", "cmea"]).Matches(text), Is.False);
    }

    [Test]
    public void Scanning_frames_that_do_not_concern_the_brand_allocates_nothing()
    {
        var scanner = new JetstreamScanner(new KeywordMatcher(["acme", "acme router", "#acme", "苹果"]));
        var frame = Encoding.UTF8.GetBytes(Frames.Post("did:plc:someone", "3kaaaaaaaaaaa", "Nothing to see here, ünïcödé 🙂 included", 1_700_000_000_000_000));
        scanner.Read(frame, "did:plc:brand"u8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) scanner.Read(frame, "did:plc:brand"u8);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000));
    }
}
