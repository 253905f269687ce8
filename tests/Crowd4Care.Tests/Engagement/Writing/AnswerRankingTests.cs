using Crowd4Care.Engagement.Writing;

namespace Crowd4Care.Tests.Engagement.Writing;

public sealed class AnswerRankingTests
{
    private static readonly string[] Asked =
    [
        "Where is my parcel? The tracking page shows nothing.",
        "Can I change the delivery address of my order?",
        "The parcel came, but the blue lamp in it is broken.",
        "When does the shop open on Saturday?",
    ];

    [Test]
    public void The_text_with_the_rarest_words_in_common_comes_first() =>
        Assert.That(Best("My tracking page is empty, where is the parcel?")[0], Is.EqualTo(Asked[0]));

    [Test]
    public void No_more_than_asked_for_are_given() =>
        Assert.That(AnswerRanking.Best("my the parcel is", Asked, a => a, 2), Has.Count.EqualTo(2));

    [TestCase("")]
    [TestCase("@brand https://example.org !!!")]
    [TestCase("Guten Tag")]
    public void Without_words_in_common_there_is_nothing(string text) => Assert.That(Best(text), Is.Empty);

    [Test]
    public void One_word_in_common_is_not_enough() => Assert.That(Best("parcel, otherwise unlike"), Is.Empty);

    [Test]
    public void The_only_word_of_a_text_is() => Assert.That(Best("Parcel?"), Is.Not.Empty);

    [Test]
    public void Case_does_not_matter() => Assert.That(Best("WHERE IS MY PARCEL"), Is.EqualTo(Best("where is my parcel")));

    private static IReadOnlyList<string> Best(string text) => AnswerRanking.Best(text, Asked, a => a, 10);
}
