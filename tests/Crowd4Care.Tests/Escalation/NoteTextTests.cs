using Crowd4Care.Escalation;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Escalation;

public sealed class NoteTextTests
{
    private static readonly NamedPerson Olga = new() { Id = Some.Id(), Login = "olga", Name = "Olga Berg" };
    private static readonly NamedPerson Dotted = new() { Id = Some.Id(), Login = "j.lund.", Name = "Jo Lund" };

    [TestCase("@olga please look", "olga")]
    [TestCase("Ask @olga.", "olga., olga")]
    [TestCase("Ask (@Olga), or @SAM!", "olga, sam")]
    [TestCase("@olga's number", "olga")]
    [TestCase("write to me@olga.example", "")]
    [TestCase("@@olga, 5 @ 3, @", "")]
    [TestCase("@a@b.example", "a@b.example")]
    public void What_may_be_a_login_stands_behind_an_at_that_begins_a_word(string text, string candidates) =>
        Assert.That(string.Join(", ", NoteText.Candidates(text)), Is.EqualTo(candidates));

    [Test]
    public void A_text_comes_apart_into_names_and_what_is_between()
    {
        const string Text = "Ask @Olga, not @zoe.\n@j.lund. knows";
        var parts = NoteText.Split(Text, [Olga, Dotted]);
        Assert.That(string.Concat(parts.Select(p => p.Text)), Is.EqualTo(Text), "nothing is lost");
        Assert.That(parts.Select(p => p.Person?.Name), Is.EqualTo(new[] { null, "Olga Berg", null, "Jo Lund", null }));
    }

    [Test]
    public void A_text_without_names_is_one_stretch() => Assert.That(NoteText.Split("Nobody.", [Olga]).Single(), Is.EqualTo(new NotePart("Nobody.", null)));

    [Test]
    public void What_is_nobodys_login_is_told_once_without_the_punctuation() =>
        Assert.That(NoteText.Unknown("@zoe. and @Zoe, but not @olga or @j.lund.", [Olga, Dotted]), Is.EqualTo(new[] { "@zoe" }));

    [Test]
    public void A_note_names_only_so_many()
    {
        var text = string.Join(' ', Enumerable.Range(1, 100).Select(i => $"@p{i}"));
        Assert.That(NoteText.Candidates(text), Has.Count.EqualTo(NoteText.MostNames));
    }
}
