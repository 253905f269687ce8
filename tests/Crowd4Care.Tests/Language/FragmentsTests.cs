using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

public sealed class FragmentsTests
{
    private const string Long = "the quick brown fox jumps over the lazy dog while nobody in the whole house is looking at it";

    [Test]
    public void A_short_text_is_taken_as_it_is() =>
        Assert.That(Of("Hello, World").First().Text, Is.EqualTo("Hello, World"));

    [Test]
    public void Of_a_long_text_a_stretch_of_whole_words_is_taken()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var stretch = Of(Long, seed).First().Text;
            Assert.That(stretch, Has.Length.InRange(40, 60));
            Assert.That($" {Long} ", Does.Contain($" {stretch} "));
        }
    }

    [Test]
    public void A_long_text_without_spaces_is_cut() =>
        Assert.That(Of(new string('日', 200)).First().Text, Has.Length.EqualTo(60));

    [Test]
    public void Every_word_comes_once_a_label()
    {
        var words = Fragments.Of([new("one two one", "a"), new("Two", "a"), new("two", "b")], 1).Skip(3).Select(word => (word.Text, word.Label));
        Assert.That(words, Is.EqualTo(new[] { ("one", "a"), ("two", "a"), ("two", "b") }));
    }

    [Test]
    public void Pairs_are_neighbours() =>
        Assert.That(Of(Long).Skip(1).Take(3).Select(pair => pair.Text), Has.All.Matches<string>(pair => pair.Split(' ').Length == 2 && Long.Contains(pair)));

    [Test]
    public void A_word_does_not_inherit_its_texts_weight()
    {
        var fragments = Fragments.Of([new("one two three four", "a", 10)], 1).ToList();
        Assert.That(fragments.Select(text => text.Weight), Is.EqualTo(new[] { 10f, 10, 10, 10, 1, 1, 1, 1 }));
    }

    private static IEnumerable<LabelledText> Of(string text, int seed = 1) => Fragments.Of([new(text, "a")], seed);
}
