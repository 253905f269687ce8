using Crowd4Care.Community;

namespace Crowd4Care.Tests.Community;

public sealed class BrandSettingsTests
{
    private static readonly BrandSettings Good = new()
    {
        Name = "Lumen", Signature = "— {name}, volunteer", UndoSeconds = 30, ApprovalBelowTrust = 2, ClaimMinutes = 45, IgnoredOffers = 0, KeepDays = 365,
    };

    [Test]
    public void Nothing_is_wrong_with_what_is_within_its_limits()
    {
        Assert.That(Good.Mistakes(null), Is.Empty);
        Assert.That(new BrandSettings { Name = "Lumen" }.Mistakes(30), Is.Empty, "what is not set is nobody's mistake");
        Assert.That((Good with { Signature = "" }).Mistakes(null), Is.Empty, "no signature at all");
    }

    [TestCase(-1, "undoSeconds")]
    [TestCase(301, "undoSeconds")]
    [TestCase(0, "claimMinutes")]
    [TestCase(1441, "claimMinutes")]
    [TestCase(6, "approvalBelowTrust")]
    [TestCase(101, "ignoredOffers")]
    [TestCase(29, "keepDays")]
    [TestCase(36_501, "keepDays")]
    public void A_number_out_of_its_limits_is_told_with_what_is_possible(int value, string setting)
    {
        var settings = setting switch
        {
            "undoSeconds" => Good with { UndoSeconds = value },
            "claimMinutes" => Good with { ClaimMinutes = value },
            "approvalBelowTrust" => Good with { ApprovalBelowTrust = value },
            "ignoredOffers" => Good with { IgnoredOffers = value },
            _ => Good with { KeepDays = value },
        };
        var mistake = settings.Mistakes(null).Single();
        Assert.That(mistake.Key, Is.EqualTo(setting));
        Assert.That(mistake.Value, Does.StartWith($"{value} is not possible; ").And.Contains(" to "));
    }

    [Test]
    public void A_brand_keeps_no_longer_than_its_installation()
    {
        Assert.That((Good with { KeepDays = 90 }).Mistakes(90), Is.Empty);
        Assert.That((Good with { KeepDays = 91 }).Mistakes(90)["keepDays"], Is.EqualTo("This installation deletes what is older than 90 days; a brand can keep less, not more."));
    }

    [Test]
    public void A_signature_names_nobody_but_the_writer()
    {
        Assert.That((Good with { Signature = "— {nmae}" }).Mistakes(null)["signature"], Is.EqualTo("{nmae} means nothing in a signature; {name} is the name of who wrote the reply."));
        Assert.That((Good with { Signature = new string('x', 121) }).Mistakes(null)["signature"], Is.EqualTo("The signature has 121 characters; 120 are possible."));
    }

    [Test]
    public void A_brand_has_a_name() => Assert.That((Good with { Name = "  " }).Trimmed().Mistakes(null)["name"], Is.EqualTo("The brand needs a name."));
}
