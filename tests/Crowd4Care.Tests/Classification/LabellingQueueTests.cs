using Crowd4Care.Classification;
using Crowd4Care.Contracts;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Classification;

public sealed class LabellingQueueTests
{
    [Test]
    public void Where_it_hesitates_most_comes_first()
    {
        var chosen = LabellingQueue.Choose([Mention("one", "billing", 0.8), Mention("two", "order", 0.5), Mention("three", "refund", 0.6)], 10);
        Assert.That(chosen.Select(c => c.Text), Is.EqualTo(new[] { "two", "three", "one" }));
    }

    [Test]
    public void The_head_in_doubt_is_asked_with_its_likeliest_labels()
    {
        var score = Some.Score() with
        {
            Heads = [Head("sentiment", "negative", 0.9, ("neutral", 0.1)), Head("topic", "billing", 0.4, ("order", 0.15), ("refund", 0.3), ("other", 0.1), ("account", 0.05))],
        };
        var asked = LabellingQueue.Choose([new Unlabelled(Some.Id(), "Hello", score)], 1).Single();
        Assert.That((asked.Head, asked.Margin), Is.EqualTo(("topic", 0.1)).Using<(string, double)>((a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-9));
        Assert.That(asked.Labels, Is.EqualTo(new[] { "billing", "refund", "order", "other" }));
    }

    [Test]
    public void What_is_certain_is_not_asked()
    {
        Assert.That(LabellingQueue.Choose([Mention("sure", "billing", 0.98)], 10), Is.Empty);
        Assert.That(LabellingQueue.Choose([new Unlabelled(Some.Id(), "old", Some.Score())], 10), Is.Empty, "a score that names no second label");
    }

    [Test]
    public void Of_a_topic_a_few_are_enough_while_there_are_others()
    {
        var mentions = Enumerable.Range(0, 10).Select(n => Mention($"bill {Word(n)}", "billing", 0.5)).Concat(Enumerable.Range(10, 3).Select(n => Mention($"late {Word(n)}", "delivery", 0.7, "de"))).ToList();
        var chosen = LabellingQueue.Choose(mentions, 6);
        Assert.That(chosen.Count(c => c.Text.StartsWith("bill", StringComparison.Ordinal)), Is.EqualTo(3 + 1), "three, and what fills the places that are left");
        Assert.That(chosen.Count(c => c.Text.StartsWith("late", StringComparison.Ordinal)), Is.EqualTo(2), "five of a head");
    }

    [Test]
    public void What_reads_almost_the_same_is_asked_once()
    {
        var chosen = LabellingQueue.Choose(
            [Mention("My parcel is lost since Monday", "delivery", 0.5), Mention("my parcel is LOST since Monday!", "order", 0.5), Mention("The bill is wrong", "billing", 0.6)], 10);
        Assert.That(chosen, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_choice_is_the_same_in_any_order()
    {
        var mentions = Enumerable.Range(0, 30).Select(n => Mention($"text {Word(n)}", n % 2 == 0 ? "billing" : "order", 0.5 + (n % 5 / 20.0))).ToList();
        Assert.That(LabellingQueue.Choose(mentions.AsEnumerable().Reverse(), 8).Select(c => c.MentionId), Is.EqualTo(LabellingQueue.Choose(mentions, 8).Select(c => c.MentionId)));
    }

    private static Unlabelled Mention(string text, string topic, double probability, string language = "en") =>
        new(Some.Id(), text, Some.Score((Heads.Language, language, 0.99)) with
        {
            Heads = [Head(Heads.Topic, topic, probability, ("other", 1 - probability)), new Score { Head = Heads.Language, Label = language, Probability = 0.99 }],
        });

    private static Score Head(string head, string label, double probability, params (string Label, double Probability)[] others) =>
        new() { Head = head, Label = label, Probability = probability, Others = others.ToDictionary(o => o.Label, o => o.Probability) };

    // Words that share nothing.
    private static string Word(int n) => string.Join(' ', Enumerable.Range(0, 3).Select(i => $"w{n}x{i}"));
}
