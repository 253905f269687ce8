using Crowd4Care.Classification;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Classification;

public sealed class TrainingSamplesTests
{
    [Test]
    public void Most_people_decide() =>
        Assert.That(Labels(Said("billing"), Said("order"), Said("billing")), Is.EqualTo(new[] { "billing" }));

    [Test]
    public void Where_people_are_divided_nothing_is_learned()
    {
        Assert.That(Labels(Said("billing"), Said("order")), Is.Empty);
        Assert.That(Labels(Said("billing"), Said("order"), Said("refund")), Is.Empty);
    }

    [Test]
    public void Heads_are_apart() =>
        Assert.That(Labels(Said("billing"), Said("negative") with { Head = "sentiment" }), Is.EquivalentTo(new[] { "billing", "negative" }));

    [Test]
    public void A_text_that_is_gone_teaches_nothing() => Assert.That(Labels(Said("billing") with { Text = "" }), Is.Empty);

    [Test]
    public void Three_mentions_in_ten_are_held_out_always_the_same()
    {
        Assert.That(Enumerable.Range(0, 10_000).Count(n => TrainingSamples.IsHeld(new Guid(n, 0, 0, new byte[8]))), Is.EqualTo(3_000).Within(200));
        Assert.That(TrainingSamples.IsHeld(new Guid(1, 0, 0, new byte[8])), Is.EqualTo(TrainingSamples.IsHeld(new Guid(1, 0, 0, new byte[8]))));
    }

    [Test]
    public void What_is_held_out_is_not_learned()
    {
        var corrections = Enumerable.Range(0, 200).Select(n => Said("billing") with { MentionId = new Guid(n, 0, 0, new byte[8]), Text = $"Text {n}" }).ToList();
        var samples = TrainingSamples.Of(corrections);
        var (learning, held) = (samples.Learning["topic"].Select(s => s.Text).ToList(), samples.Held["topic"].Select(s => s.Text).ToList());
        Assert.That(learning.Intersect(held), Is.Empty);
        Assert.That(learning.Concat(held), Is.EquivalentTo(corrections.Select(c => c.Text)));
    }

    private static readonly Guid Mention = Some.Id();

    private static Correction Said(string label) => new()
    {
        Id = Some.Id(), MentionId = Mention, PersonId = Some.Id(), Head = "topic", Given = "technical", Probability = 0.5, ModelVersion = "test-1", Label = label,
        At = Some.Noon, Text = "A text",
    };

    private static IEnumerable<string> Labels(params Correction[] said)
    {
        var samples = TrainingSamples.Of(said);
        return samples.Learning.Values.Concat(samples.Held.Values).SelectMany(h => h).Select(s => s.Label);
    }
}
