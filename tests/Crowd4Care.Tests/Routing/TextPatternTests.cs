using System.Diagnostics;
using Crowd4Care.Routing;

namespace Crowd4Care.Tests.Routing;

public sealed class TextPatternTests
{
    [TestCase("the router is down", "router", true)]
    [TestCase("ROUTER!", "router", true)]
    [TestCase("router", "Router", true)]
    [TestCase("routers", "router", false)]
    [TestCase("myrouter", "router", false)]
    [TestCase("routers and a router", "router", true)]
    [TestCase("router2", "router", false)]
    [TestCase("(router)", "router", true)]
    [TestCase("@router", "router", true)]
    [TestCase("router", "routers", false)]
    [TestCase("", "router", false)]
    [TestCase("sue  you", "sue you", false)]
    [TestCase("I will sue you.", "sue you", true)]
    [TestCase("C++ is hard", "c++", true)]
    [TestCase("C++11 is hard", "c++", true)]
    [TestCase("costs 5€", "5€", true)]
    [TestCase("aaab", "aab", false)]
    public void Whole_words_are_found(string text, string phrase, bool found) => Assert.That(TextPattern.Contains(text, phrase), Is.EqualTo(found));

    [TestCase("ÄRGER mit Größe", "ärger", true)]
    [TestCase("Ärgerlich", "ärger", false)]
    [TestCase("много ДЫМ тут", "дым", true)]
    [TestCase("дыма", "дым", false)]
    [TestCase("FUMÉE partout", "fumée", true)]
    [TestCase("😀router😀", "router", true)]
    [TestCase("x 😀 y", "😀", true)]
    [TestCase("a😀b", "😀", true)]
    [TestCase("καπνός", "καπνός", true)]
    [TestCase("καπνόςα", "καπνός", false)]
    public void Words_of_other_alphabets_are_found(string text, string phrase, bool found) => Assert.That(TextPattern.Contains(text, phrase), Is.EqualTo(found));

    [TestCase("(a+)+$")]
    [TestCase("(x+x+)+y")]
    [TestCase("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [TestCase("(.*)*(.*)*(.*)*!")]
    public void A_pattern_that_explodes_elsewhere_takes_little_time(string pattern)
    {
        if (TextPattern.Mistake(pattern) is not null)
            return;

        var started = Stopwatch.GetTimestamp();
        TextPattern.Matches(new string('a', 100_000) + "#" + new string('x', 50_000), TextPattern.Compile(pattern));
        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(2)));
    }

    [TestCase("(?=a)b")]
    [TestCase("(?<!a)b")]
    [TestCase("(a)\\1")]
    [TestCase("(?>a)b")]
    public void A_pattern_without_a_bound_is_refused(string pattern) => Assert.That(TextPattern.Mistake(pattern), Does.Contain("not allowed"));

    [TestCase("(")]
    [TestCase("[z-a]")]
    [TestCase("*")]
    [TestCase("(?<x")]
    public void What_is_no_pattern_is_refused(string pattern) => Assert.That(TextPattern.Mistake(pattern), Does.StartWith("is not a regular expression"));

    [Test]
    public void A_very_long_pattern_is_refused() => Assert.That(TextPattern.Mistake(new string('a', 1001)), Does.Contain("1000"));

    [Test]
    public void A_pattern_that_counts_to_a_billion_is_refused_or_quick()
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var pattern in new[] { "((a{1000}){1000}){1000}", "(.{0,9999}x){0,9999}", "(a|b|c){1,1000000000}" })
        {
            if (TextPattern.Mistake(pattern) is null)
                TextPattern.Matches(new string('a', 100_000), TextPattern.Compile(pattern));
        }

        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void Patterns_ignore_case() => Assert.That(TextPattern.Matches("ROUTER", TextPattern.Compile("rout[e]r")), Is.True);
}
