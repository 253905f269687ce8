using Crowd4Care.Language;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

/// <summary>Scoring into a span: the numbers of <see cref="MentionModel.Score(string, string?)"/>, without allocating.</summary>
public sealed class SpanScoreTests
{
    private static readonly MentionModel Model = MentionModel.LoadDefault();
    private static readonly string[] Texts =
        [.. OwnPosts.All.Select(post => post.Text), "", " ", "a", "12345 !!!", "😀", "qzx vvkw", string.Concat(Enumerable.Repeat("why is it broken? ", 500))];

    [Test]
    public void The_labels_of_all_heads_are_counted() =>
        Assert.That(Model.LabelCount, Is.EqualTo(Model.Heads.Sum(head => head.Labels.Count)));

    [Test]
    public void The_numbers_are_those_of_the_scores()
    {
        var probabilities = new float[Model.LabelCount];
        foreach (var text in Texts)
        {
            Model.Score(text, probabilities);
            var at = 0;
            foreach (var score in Model.Score(text))
            {
                foreach (var label in Model.Heads.Single(head => head.Name == score.Head).Labels)
                    Assert.That(probabilities[at++], Is.EqualTo(score.All.Single(one => one.Label == label).Probability).Within(1e-6), $"{score.Head}, {label}: {text}");
            }
        }
    }

    [Test]
    public void A_fallback_is_the_last_label_of_its_head()
    {
        var probabilities = new float[Model.LabelCount];
        Model.Score("", probabilities);
        Assert.That(Model.Heads[0].Labels[^1], Is.EqualTo("und"));
        Assert.That(probabilities[Model.Heads[0].Labels.Count - 1], Is.EqualTo(1));
    }

    [Test]
    public void Nothing_is_allocated_once_it_is_warm()
    {
        var probabilities = new float[Model.LabelCount];
        ScoreAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        ScoreAll();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void ScoreAll()
        {
            foreach (var text in Texts)
                Model.Score(text, probabilities);
        }
    }

    [Test]
    public void What_lies_beyond_is_left_alone()
    {
        var probabilities = new float[Model.LabelCount + 1];
        probabilities[^1] = 7;
        Model.Score("hello", probabilities);
        Assert.That(probabilities[^1], Is.EqualTo(7));
    }

    [Test]
    public void Too_little_room_is_refused() =>
        Assert.That(() => Model.Score("hello", new float[Model.LabelCount - 1]), Throws.ArgumentException.With.Message.Contains($"{Model.LabelCount}"));
}
