using Crowd4Care.Routing;

namespace Crowd4Care.Tests.Routing;

public sealed class LineDiffTests
{
    [TestCase("a,b,c", "a,b,c", " a, b, c")]
    [TestCase("a,b,c", "a,c", " a,-b, c")]
    [TestCase("a,c", "a,b,c", " a,+b, c")]
    [TestCase("a,b,c", "a,x,c", " a,-b,+x, c")]
    [TestCase("a,b", "x,a,b,y", "+x, a, b,+y")]
    [TestCase("a,b,c,d,e", "a,c,d,x,e", " a,-b, c, d,+x, e")]
    [TestCase("a,b", "x,y", "-a,-b,+x,+y")]
    [TestCase("a,a,b", "a,b,b", " a,-a,+b, b")]
    public void Lines_that_differ_are_marked(string first, string second, string expected) =>
        Assert.That(string.Join(',', LineDiff.Of(first.Replace(',', '\n'), second.Replace(',', '\n'))), Is.EqualTo(expected));

    [Test]
    public void Ends_of_lines_are_no_difference() => Assert.That(LineDiff.Of("a\r\nb\r\n", "a\nb"), Is.EqualTo(new[] { " a", " b" }));

    [Test]
    public void Both_texts_can_be_read_from_it_and_it_is_the_shortest()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            string[] first = Make(random), second = Make(random);
            var lines = LineDiff.Of(string.Join('\n', first), string.Join('\n', second));
            Assert.That(lines.Where(l => l[0] != '+').Select(l => l[1..]), Is.EqualTo(first));
            Assert.That(lines.Where(l => l[0] != '-').Select(l => l[1..]), Is.EqualTo(second));
            Assert.That(lines.Count(l => l[0] == ' '), Is.EqualTo(Common(first, second)));
        }
    }

    [Test]
    public void Texts_that_have_nothing_in_common_are_taken_whole()
    {
        var lines = LineDiff.Of(string.Join('\n', Enumerable.Range(0, 50_000)), string.Join('\n', Enumerable.Range(100_000, 50_000)));
        Assert.That((lines.Count, lines[0], lines[^1]), Is.EqualTo((100_000, "-0", "+149999")));
    }

    private static string[] Make(Random random) => [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.GetItems(["a", "b", "c", "d"], 1)[0])];

    private static int Common(string[] a, string[] b)
    {
        var longest = new int[a.Length + 1, b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
                longest[i, j] = a[i - 1] == b[j - 1] ? longest[i - 1, j - 1] + 1 : Math.Max(longest[i - 1, j], longest[i, j - 1]);
        }

        return longest[a.Length, b.Length];
    }
}
