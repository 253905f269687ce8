using Crowd4Care.Server.Desk.Shared;

namespace Crowd4Care.Server.Tests.Desk;

public sealed class BrandHeadTextTests
{
    [Test]
    public void What_is_written_is_read_again()
    {
        const string Text = "router: router, mesh box\ntv: set-top: box\nother";
        var head = BrandHeadText.Read("product-line", Text);
        Assert.That(head.Labels.Select(l => (l.Label, string.Join('|', l.Keywords))), Is.EqualTo([("router", "router|mesh box"), ("tv", "set-top: box"), ("other", "")]));
        Assert.That(BrandHeadText.Write(head), Is.EqualTo(Text));
    }

    [Test]
    public void Empty_lines_and_places_are_passed_over() =>
        Assert.That(BrandHeadText.Write(BrandHeadText.Read("x", "\r\n a : one,, two ,\r\n\r\nb:\r\n")), Is.EqualTo("a: one, two\nb"));
}
