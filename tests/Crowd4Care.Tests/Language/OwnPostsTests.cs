using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

public sealed class OwnPostsTests
{
    [Test]
    public void Every_label_is_one_that_the_head_knows()
    {
        foreach (var post in OwnPosts.All)
        {
            foreach (var head in TrainingData.Heads.Skip(1))
                Assert.That(TrainingData.LabelsOf(head, []), Does.Contain(post.Labels[head]), $"{head} of \"{post.Text}\"");
        }
    }

    [Test]
    public void Every_phrase_has_a_label_of_its_head()
    {
        foreach (var phrases in OwnPosts.Phrases)
            Assert.That(phrases.Select(phrase => phrase.Label).Distinct(), Is.SubsetOf(TrainingData.LabelsOf(phrases.Key, [])), phrases.Key);
    }

    [Test]
    public void No_post_occurs_twice() => Assert.That(OwnPosts.All.Select(post => post.Text), Is.Unique);

    [TestCase("en")]
    [TestCase("de")]
    [TestCase("es")]
    [TestCase("fr")]
    [TestCase("pt")]
    public void Each_language_has_posts_to_train_and_to_hold(string language)
    {
        var posts = OwnPosts.All.Where(post => post.Language == language).ToList();
        Assert.That(posts.Count(post => !post.Held), Is.GreaterThan(100));
        Assert.That(posts.Count(post => post.Held), Is.GreaterThan(25));
    }

    [Test]
    public void Abuse_is_never_calm_praise() =>
        Assert.That(OwnPosts.All.Where(post => post.Labels["toxicity"] == "toxic").Select(post => post.Labels["sentiment"]), Is.All.EqualTo("negative"));
}
