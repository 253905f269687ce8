using Crowd4Care.Language;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

/// <summary>The shipped model that reads sentences, beside the one that reads words.</summary>
public sealed class SentencesModelTests
{
    private static readonly MentionModel Words = MentionModel.LoadDefault();
    private static readonly MentionModel Sentences = MentionModel.LoadDefault(readsSentences: true);

    [Test]
    public void It_answers_the_same_questions()
    {
        Assert.That(Sentences.Heads.Select(head => head.Name), Is.EqualTo(Words.Heads.Select(head => head.Name)));
        foreach (var (one, other) in Words.Heads.Zip(Sentences.Heads))
            Assert.That(other.Labels, Is.EqualTo(one.Labels), one.Name);
        Assert.That(Sentences.Version, Is.Not.EqualTo(Words.Version));
    }

    [Test]
    public void It_tells_languages_as_the_other_does()
    {
        foreach (var post in OwnPosts.All.Take(20))
            Assert.That(Sentences.Score(post.Text)[0].Probability, Is.EqualTo(Words.Score(post.Text)[0].Probability), post.Text);
    }

    [Test]
    public void It_understands_posts_that_nothing_was_fitted_by_better()
    {
        var posts = OwnPosts.All.Where(post => post.Part == OwnPosts.Test).ToList();
        Assert.That(MacroF1(Sentences), Is.GreaterThan(MacroF1(Words) + 0.01));

        double MacroF1(MentionModel model) => model.Heads.Skip(1)
            .Average(head => Evaluation.Of(model, head.Name, posts.Select(post => new LabelledText(post.Text, post.Labels[head.Name]))).MacroF1);
    }
}
