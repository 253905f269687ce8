using Crowd4Care.Language;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

public sealed class ModelTunerTests
{
    // A word that the model can't know, always about the same thing.
    private static readonly string[] Taught =
    [
        "My glimmerbox is on strike since Monday", "the glimmerbox again, honestly", "glimmerbox, glimmerbox, oh my glimmerbox", "glimmerbox won't do it for me",
        "new week, new glimmerbox trouble", "who do I ask about a glimmerbox", "I give up on this glimmerbox", "glimmerbox glimmerbox glimmerbox...",
    ];

    private static readonly Dictionary<string, IReadOnlyList<(string Text, string Label)>> Corrections = new()
    {
        ["topic"] = [.. Taught.Select(text => (text, "cancellation"))],
    };

    private static readonly Lazy<(MentionModel Before, MentionModel After)> Models = new(() =>
    {
        var before = MentionModel.LoadDefault();
        return (before, ModelTuner.Tune(before, Corrections, 1));
    });

    [Test]
    public void What_was_corrected_is_known_afterwards_in_other_texts_too()
    {
        Assert.That(Taught.Count(text => Topic(Models.Value.After, text).Label == "cancellation"), Is.GreaterThanOrEqualTo(6));
        const string Other = "any news about the glimmerbox?";
        var (before, after) = (Probability(Models.Value.Before, Other), Probability(Models.Value.After, Other));
        Assert.That(after, Is.GreaterThan(before + 0.05), $"{before:0.00} > {after:0.00}");
    }

    [Test]
    public void Nothing_is_forgotten()
    {
        foreach (var (head, texts) in ModelTuner.OwnHeldPosts(Models.Value.Before))
        {
            var samples = texts.Select(t => new LabelledText(t.Text, t.Label)).ToList();
            var (before, after) = (Evaluation.Of(Models.Value.Before, head, samples), Evaluation.Of(Models.Value.After, head, samples));
            Assert.That(after.MacroF1, Is.GreaterThan(before.MacroF1 - 0.01), head);
        }
    }

    [Test]
    public void Heads_without_corrections_answer_as_before()
    {
        const string Text = "The glimmerbox broke and I am furious";
        Assert.That(Models.Value.After.Score(Text).Where(s => s.Head != "topic").Select(s => (s.Label, s.Probability)),
            Is.EqualTo(Models.Value.Before.Score(Text).Where(s => s.Head != "topic").Select(s => (s.Label, s.Probability))));
    }

    [Test]
    public void The_same_corrections_and_seed_give_the_same_model_in_any_order()
    {
        var (before, after) = Models.Value;
        var turned = new Dictionary<string, IReadOnlyList<(string Text, string Label)>> { ["topic"] = [.. Corrections["topic"].Reverse()] };
        Assert.That(after.Version, Is.Not.EqualTo(before.Version));
        Assert.That(ModelTuner.Tune(before, turned, 1).Version, Is.EqualTo(after.Version));
        Assert.That(ModelTuner.Tune(before, Corrections, 2).Version, Is.Not.EqualTo(after.Version));
    }

    [Test]
    public void What_is_unknown_changes_nothing()
    {
        var before = Models.Value.Before;
        var strange = new Dictionary<string, IReadOnlyList<(string Text, string Label)>> { ["mood"] = [("Hello", "grumpy")], ["topic"] = [("Hello", "grumpy"), ("", "billing")] };
        Assert.That(ModelTuner.Tune(before, strange, 1).Version, Is.EqualTo(before.Version));
    }

    [Test]
    public void It_can_be_kept_and_read_again()
    {
        using var file = new MemoryStream();
        Models.Value.After.Save(file);
        file.Position = 0;
        Assert.That(MentionModel.Load(file).Version, Is.EqualTo(Models.Value.After.Version));
    }

    private static HeadScore Topic(MentionModel model, string text) => model.Score(text).Single(s => s.Head == "topic");

    private static double Probability(MentionModel model, string text) => Topic(model, text).All.Single(l => l.Label == "cancellation").Probability;
}
