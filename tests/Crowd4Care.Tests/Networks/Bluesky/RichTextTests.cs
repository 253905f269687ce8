using System.Text;
using Crowd4Care.Networks.Bluesky;

namespace Crowd4Care.Tests.Networks.Bluesky;

public sealed class RichTextTests
{
    [TestCase("See https://acme.com/help.", "https://acme.com/help")]
    [TestCase("(see https://acme.com/a_(b))", "https://acme.com/a_(b)")]
    [TestCase("(https://acme.com)", "https://acme.com")]
    [TestCase("Really? https://acme.com/?q=1&x=ü!", "https://acme.com/?q=1&x=ü")]
    [TestCase("\"https://acme.com\"", "https://acme.com")]
    [TestCase("詳しくはhttps://acme.com/ja。よろしく", "https://acme.com/ja")]
    [TestCase("go to www.acme.com, now", "www.acme.com")]
    public async Task A_link_ends_before_the_sentence_does(string text, string link)
    {
        var facets = await FacetsAsync(text);
        Assert.That(facets, Has.Count.EqualTo(1));
        Assert.That(Marked(text, facets[0]), Is.EqualTo(link));
        Assert.That(facets[0].Features![0].Uri, Is.EqualTo(link.StartsWith("www", StringComparison.Ordinal) ? "https://" + link : link));
    }

    [Test]
    public async Task Positions_are_bytes_behind_emoji_and_joined_characters()
    {
        const string text = "👨‍👩‍👧‍👦 é ü @brand.test and #tägs at https://acme.com 🎉";
        var facets = await FacetsAsync(text);
        Assert.That(facets.Select(f => Marked(text, f)), Is.EqualTo(new[] { "@brand.test", "#tägs", "https://acme.com" }));
        Assert.That(facets[0].Index.ByteStart, Is.EqualTo(25 + 1 + 2 + 1 + 2 + 1));
        Assert.That(facets[0].Features![0].Did, Is.EqualTo("did:plc:brand.test"));
        Assert.That(facets[1].Features![0].Tag, Is.EqualTo("tägs"));
    }

    [TestCase("#acme", "acme")]
    [TestCase("so #acme!", "acme")]
    [TestCase("#a-b_c.", "a-b_c")]
    [TestCase("#2026goals", "2026goals")]
    [TestCase("＃acme", "acme")]
    [TestCase("#x", "x")]
    public async Task A_tag_ends_before_punctuation(string text, string tag) =>
        Assert.That((await FacetsAsync(text)).Single().Features![0].Tag, Is.EqualTo(tag));

    [TestCase("#2026")]
    [TestCase("a#b")]
    [TestCase("# acme")]
    [TestCase("#!")]
    [TestCase("mail someone@brand.test")]
    [TestCase("@brand")]
    [TestCase("@nobody.invalid hello")]
    [TestCase("https://")]
    [TestCase("plain text")]
    public async Task What_only_looks_like_one_stays_plain_text(string text) => Assert.That(await FacetsAsync(text), Is.Empty);

    [TestCase("@Brand.Test: hello", "@Brand.Test")]
    [TestCase("thanks, @brand.test.", "@brand.test")]
    [TestCase("(@my-brand.bsky.social)", "@my-brand.bsky.social")]
    public async Task A_mention_carries_the_account(string text, string mention)
    {
        var facet = (await FacetsAsync(text)).Single();
        Assert.That(Marked(text, facet), Is.EqualTo(mention));
        Assert.That(facet.Features![0].Did, Is.EqualTo("did:plc:" + mention[1..].ToLowerInvariant()));
    }

    [Test]
    public async Task A_tag_or_handle_inside_a_link_is_only_a_link()
    {
        const string text = "https://acme.com/@brand.test/#tag";
        Assert.That((await FacetsAsync(text)).Select(f => Marked(text, f)), Is.EqualTo(new[] { text }));
    }

    private static Task<List<FacetJson>> FacetsAsync(string text) =>
        RichText.FacetsAsync(text, handle => Task.FromResult(handle.EndsWith(".invalid", StringComparison.Ordinal) ? null : $"did:plc:{handle}"));

    private static string Marked(string text, FacetJson facet) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text).AsSpan()[facet.Index.ByteStart..facet.Index.ByteEnd]);
}
