using Crowd4Care.Classification;

namespace Crowd4Care.Tests.Classification;

public sealed class KeywordScorerTests
{
    private static readonly BrandHead Line = new("product-line", [new("router", ["router", "mesh box"]), new("tv", ["TV", "channel list"]), new("other", [])]);

    [TestCase("My ROUTER is dead", "router", 0.75)]
    [TestCase("the mesh box and the router", "router", 0.75)]
    [TestCase("Router and TV are off", "router", 0.625)]
    [TestCase("TV, channel list, router", "tv", 0.6667)]
    public void The_label_with_the_most_keywords_is_given(string text, string label, double probability)
    {
        var score = KeywordScorer.Of(Line, text)!;
        Assert.That((score.Head, score.Label, score.By), Is.EqualTo(("product-line", label, "keywords")));
        Assert.That(score.Probability, Is.EqualTo(probability).And.GreaterThan(0.5));
        Assert.That(score.Probability + score.Others!.Values.Sum(), Is.LessThanOrEqualTo(1.0001));
    }

    [TestCase("")]
    [TestCase("My phone is dead")]
    [TestCase("routers and ATVs")]
    public void Without_a_keyword_nothing_is_said(string text) => Assert.That(KeywordScorer.Of(Line, text), Is.Null);

    [Test]
    public void The_words_are_named()
    {
        var cause = KeywordScorer.Of(Line, "Hi, my Router!")!.Causes.Single();
        Assert.That((cause.Start, cause.Length, cause.Text), Is.EqualTo((7, 6, "Router")));
    }

    [TestCase("Product", 2, "small letters")]
    [TestCase("topic", 2, "already")]
    [TestCase("line", 1, "There are 1 labels")]
    public void Mistakes_are_told(string name, int labels, string words) =>
        Assert.That(new BrandHead(name, [.. Enumerable.Range(0, labels).Select(n => new BrandLabel($"label-{n}", []))]).Mistakes(["topic"]), Has.One.Contains(words));

    [Test]
    public void A_good_one_has_none() => Assert.That(Line.Mistakes(["topic"]), Is.Empty);
}
