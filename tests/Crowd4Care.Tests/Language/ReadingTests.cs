using System.Globalization;
using System.Text.RegularExpressions;
using Crowd4Care.Language;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

/// <summary>Models that read texts as sentences, and when they do.</summary>
public sealed partial class ReadingTests
{
    private static readonly LabelledText[] Things = [.. SomeTexts.Texts.Zip(SomeTexts.Labels, (text, label) => new LabelledText(text, label))];
    private static readonly MentionModel Thorough = TaskTrainer.Train("things", Things, reading: Reading.Thorough);

    [Test]
    public void Texts_are_read_as_sentences_where_that_is_asked_for()
    {
        Assert.That(Dimensions(Thorough), Is.EqualTo(Meaning.Thorough));
        Assert.That(Thorough.Score("a ripe cherry and two plums")[0].Label, Is.EqualTo("fruit"));
        Assert.That(Thorough.Score("something to drive nails into the wall with")[0].Label, Is.EqualTo("tool"));
    }

    [Test]
    public void What_is_told_word_by_word_is_not_read_as_sentences() => Assert.That(Dimensions(TaskTrainer.Train("things", Things)), Is.EqualTo(Meaning.Fast));

    [Test]
    public void Sentences_are_read_where_that_is_clearly_better()
    {
        var samples = OwnPosts.All.Where(post => post.Part == OwnPosts.Train && post.Language == "en").Select(post => new LabelledText(post.Text, post.Labels["irony"])).ToList();
        using var progress = new StringWriter();
        var model = TaskTrainer.Train("irony", samples, progress: progress);
        var told = Figures().Match(progress.ToString());
        var gain = double.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture) - double.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture);
        Assert.That(Dimensions(model), Is.EqualTo(gain > 0.003 ? Meaning.Thorough : Meaning.Fast), told.Value);
    }

    [Test]
    public void More_text_than_can_be_read_in_time_is_only_read_when_asked()
    {
        LabelledText[] many = [.. Enumerable.Range(0, 300).Select(i => new LabelledText($"{new string((char)('a' + (i % 26)), 7000)} {i}", i % 2 == 0 ? "even" : "odd"))];
        using var progress = new StringWriter();
        TaskTrainer.Train("parity", many, progress: progress);
        Assert.That(progress.ToString(), Does.Contain("cost").And.Not.Contain("sentences"));
    }

    [Test]
    public void A_model_that_reads_sentences_is_saved_and_loaded()
    {
        using var stream = new MemoryStream(SomeTexts.Bytes(Thorough));
        var loaded = MentionModel.Load(stream);
        Assert.That(loaded.Version, Is.EqualTo(Thorough.Version));
        foreach (var text in SomeTexts.Texts.Take(5))
            Assert.That(loaded.Score(text)[0].Probability, Is.EqualTo(Thorough.Score(text)[0].Probability));
    }

    [Test]
    public void The_same_texts_and_seed_give_the_same_bytes() =>
        Assert.That(SomeTexts.Bytes(TaskTrainer.Train("things", Things, reading: Reading.Thorough)), Is.EqualTo(SomeTexts.Bytes(Thorough)));

    [Test]
    public void Nothing_is_allocated_once_it_is_warm()
    {
        var probabilities = new float[Thorough.LabelCount];
        // Without other letters than those of ASCII: what brings them into normal form allocates some bytes itself.
        string[] texts = ["", "a ripe cherry", "@brand lend me your #hammer, https://c.example", string.Concat(Enumerable.Repeat("why is it broken? ", 500))];
        foreach (var text in texts.Concat(texts))
            Thorough.Score(text, probabilities);
        foreach (var text in texts)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Thorough.Score(text, probabilities);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, text);
        }
    }

    [Test]
    public void Mangled_text_is_read()
    {
        var (source, probabilities) = (new MangledTexts(seed: 2), new float[Thorough.LabelCount]);
        for (var i = 0; i < 1_000; i++)
        {
            Thorough.Score(source.Next(MangledTexts.Kinds[i % MangledTexts.Kinds.Count]), probabilities);
            Assert.That(probabilities.Sum(), Is.EqualTo(1).Within(1e-3));
        }
    }

    [Test]
    public void Every_single_code_unit_is_read()
    {
        for (var unit = 0; unit <= char.MaxValue; unit += unit < 0xFFF0 ? 61 : 1)
            Assert.That(Thorough.Score($"x{(char)unit}"), Has.Count.EqualTo(1));
    }

    [Test]
    public void Any_text_is_read()
    {
        foreach (var text in new[] { "", " ", "\ud83d", "\0", "@a #b https://c.example", new string('\ufdfa', 3000), "مرحبا 你好 สวัสดี", "&&&&#x110000;", new string('&', 100_000) })
            Assert.That(Thorough.Score(text)[0].Probability, Is.InRange(0.5, 1), text[..Math.Min(20, text.Length)]);
    }

    private static int Dimensions(MentionModel model) => model.Tables[0].Heads[0].Dimensions;

    [GeneratedRegex(@"(0\.\d+) when texts are read as sentences, (0\.\d+) word by word")]
    private static partial Regex Figures();
}
