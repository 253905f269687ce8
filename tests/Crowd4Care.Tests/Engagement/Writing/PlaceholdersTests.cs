using Crowd4Care.Engagement.Writing;

namespace Crowd4Care.Tests.Engagement.Writing;

public sealed class PlaceholdersTests
{
    private static readonly Dictionary<string, string?> Values = new() { ["author"] = "Zoë", ["me"] = "Ana", ["link"] = null, ["brand"] = "" };

    [TestCase("Hello {author}, I am {me}.", "Hello Zoë, I am Ana.")]
    [TestCase("{author}{author}", "ZoëZoë")]
    [TestCase("See {link} of {brand}", "See {link} of {brand}")]
    [TestCase("A {strange} one", "A {strange} one")]
    [TestCase("{ author } {Author} {} {{me}}", "{ author } {Author} {} {Ana}")]
    [TestCase("", "")]
    public void Values_stand_where_their_names_stood_and_the_rest_stays(string text, string filled) =>
        Assert.That(Placeholders.Fill(text, Values), Is.EqualTo(filled));

    [Test]
    public void What_a_value_holds_is_not_filled_in_again() =>
        Assert.That(Placeholders.Fill("Hello {author}", new Dictionary<string, string?> { ["author"] = "{me}", ["me"] = "Ana" }), Is.EqualTo("Hello {me}"));

    [Test]
    public void Names_that_mean_nothing_are_told_once_each() =>
        Assert.That(Placeholders.Unknown("{autor} {me} {autor} {Link}"), Is.EqualTo(new[] { "autor", "Link" }));

    [Test]
    public void What_is_left_open_is_told_and_other_braces_are_not() =>
        Assert.That(Placeholders.Unfilled("Use {x} and see {link}, {link}."), Is.EqualTo(new[] { "link" }));
}
