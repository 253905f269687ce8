using Crowd4Care.Contracts;

namespace Crowd4Care.Tests.Contracts;

public sealed class ProcessRolesTests
{
    [TestCase(null, ProcessRoles.All)]
    [TestCase("", ProcessRoles.All)]
    [TestCase("web", ProcessRoles.Web)]
    [TestCase("route, Reply", ProcessRoles.Route | ProcessRoles.Reply)]
    [TestCase("web,ingest,classify,route,reply", ProcessRoles.All)]
    public void A_list_of_names_is_read(string? text, ProcessRoles roles) => Assert.That(ProcessRoleNames.Read(text), Is.EqualTo(roles));

    [TestCase("router")]
    [TestCase("web,all")]
    [TestCase("3")]
    public void An_unknown_name_is_told_with_the_known_ones(string text) =>
        Assert.That(
            () => ProcessRoleNames.Read(text),
            Throws.ArgumentException.With.Message.Contains($"\"{text.Split(',')[^1]}\"").And.Message.Contains("web, ingest, classify, route, reply"));

    [Test]
    public void Roles_are_written_in_the_order_of_a_mentions_way() =>
        Assert.That(ProcessRoleNames.Write(ProcessRoles.Reply | ProcessRoles.Web), Is.EqualTo("web,reply"));
}
