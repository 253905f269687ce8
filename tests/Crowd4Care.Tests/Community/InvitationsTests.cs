using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community;

[EachEngine]
public sealed class InvitationsTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person admin = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        admin = await crowd.AgentAsync("Alex");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task An_invitation_is_listed_until_it_is_used()
    {
        var (invitation, token) = await InviteAsync(" Zoe ");
        Assert.That((await Store.ListAsync(CrowdDriver.Brand)).Single(), Is.EqualTo(invitation with { MadeBy = "Alex" }));
        Assert.That((invitation.ForWhom, invitation.ExpiresAt), Is.EqualTo(("Zoe", crowd.Clock.GetUtcNow().AddDays(7))));
        Assert.That(await crowd.Get<AccessStore>().FindLinkAsync(token), Is.EqualTo(new SetupLink { BrandId = CrowdDriver.Brand, Role = Role.Agent }));
        Assert.That(await Store.ListAsync("another"), Is.Empty);

        await crowd.Get<AccessStore>().UseLinkAsync(token);
        Assert.That(await Store.ListAsync(CrowdDriver.Brand), Is.Empty);
        Assert.That(await Store.WithdrawAsync(invitation.Id, CrowdDriver.Brand, admin.Id), Is.False);
    }

    [Test]
    public async Task An_invitation_ends_by_itself()
    {
        var (_, token) = await InviteAsync();
        crowd.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMilliseconds(1));
        Assert.That(await crowd.Get<AccessStore>().FindLinkAsync(token), Is.Not.Null);
        crowd.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await crowd.Get<AccessStore>().FindLinkAsync(token), Is.Null);
        Assert.That(await Store.ListAsync(CrowdDriver.Brand), Is.Empty);
    }

    [Test]
    public async Task A_withdrawn_invitation_opens_nothing()
    {
        var (invitation, token) = await InviteAsync();
        Assert.That(await Store.WithdrawAsync(invitation.Id, "another", admin.Id), Is.False);
        Assert.That(await Store.WithdrawAsync(invitation.Id, CrowdDriver.Brand, admin.Id), Is.True);
        Assert.That(await crowd.Get<AccessStore>().UseLinkAsync(token), Is.False);
    }

    [Test]
    public async Task The_journal_knows_of_it_and_not_of_the_token()
    {
        var (invitation, token) = await InviteAsync("Zoe");
        await Store.WithdrawAsync(invitation.Id, CrowdDriver.Brand, admin.Id);
        var data = (await crowd.JournalAsync()).Where(e => e.Kind == JournalKinds.PersonChanged && e.ActorId == admin.Id).Select(e => e.Data).ToList();
        Assert.That(data, Has.Exactly(1).Contains("\"invited\"").And.Exactly(1).Contains("invitation-withdrawn"));
        Assert.That(data, Has.None.Contains(token));
    }

    [Test]
    public async Task The_link_of_the_first_set_up_is_no_invitation()
    {
        await crowd.Get<AccessStore>().AddLinkAsync(CrowdDriver.Brand, Role.Admin);
        Assert.That(await Store.ListAsync(CrowdDriver.Brand), Is.Empty);
    }

    private Invitations Store => crowd.Get<Invitations>();

    private Task<(Invitation Invitation, string Token)> InviteAsync(string? whom = null) => Store.InviteAsync(CrowdDriver.Brand, Role.Agent, whom, 7, admin.Id);
}
