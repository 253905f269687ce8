using System.Text.Json;
using Crowd4Care.Networks;
using Crowd4Care.Networks.Bluesky;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Networks;

/// <summary>The server's half of the table; the browser's counter is held against the same one.</summary>
public sealed class TextLengthTests
{
    [TestCaseSource(nameof(Table))]
    public void A_text_has_the_length_of_the_table(string text, int count, int bytes)
    {
        var measure = BlueskyText.Measure(text);
        Assert.That((measure.Count, measure.Bytes), Is.EqualTo((count, bytes)), text);
    }

    [TestCase(300, "")]
    [TestCase(301, "1 character too many")]
    [TestCase(307, "7 characters too many")]
    public void What_is_too_long_says_by_how_much(int length, string words) =>
        Assert.That(BlueskyText.Measure(new string('x', length)).Excess, Is.EqualTo(words));

    [Test]
    public void A_text_of_few_characters_can_be_too_long_in_bytes()
    {
        var measure = BlueskyText.Measure(string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 121)));
        Assert.That((measure.Fits, measure.Excess), Is.EqualTo((false, "25 bytes too many (emoji take several each)")));
    }

    [Test]
    public void Every_letter_that_another_binds_is_counted_once()
    {
        // One conjunct however long it is: each sign binds the next consonant.
        Assert.That(Graphemes.Count(string.Concat(Enumerable.Repeat("क्", 40)) + "क"), Is.EqualTo(1));
        Assert.That(Graphemes.Count(string.Concat(Enumerable.Repeat("क्\u200c", 40)) + "क"), Is.EqualTo(41), "a non-joiner keeps them apart");
    }

    private static IEnumerable<TestCaseData> Table()
    {
        using var table = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests/Crowd4Care.Tests/Networks/text-lengths.json")));
        foreach (var row in table.RootElement.EnumerateArray())
            yield return new TestCaseData(row.GetProperty("text").GetString(), row.GetProperty("count").GetInt32(), row.GetProperty("bytes").GetInt32());
    }
}
