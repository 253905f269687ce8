using System.Text.Json.Nodes;

namespace Crowd4Care.Server.Tests.TestBed;

public sealed class AtProtoNetworkTests
{
    private AtProtoUser brand = null!;
    private AtProtoUser customer = null!;

    [OneTimeSetUp]
    public async Task SignInAsync()
    {
        var network = AtProtoNetwork.Required();
        brand = await AtProtoUser.SignInAsync(network, network.Accounts.Brand);
        customer = await AtProtoUser.SignInAsync(network, network.Accounts.Customer);
    }

    [Test]
    public async Task A_customers_post_is_seen_by_the_brand()
    {
        var post = await customer.PostAsync($"Zoë’s router 📶 is down again, @{brand.Handle}!");

        var notifications = await brand.NotificationsAsync(until: all => all.Any(IsOfThePost));

        var notification = notifications.Single(IsOfThePost)!;
        Assert.That((string?)notification["reason"], Is.EqualTo("mention"));
        Assert.That((string?)notification["author"]!["handle"], Is.EqualTo(customer.Handle));

        bool IsOfThePost(JsonNode? one) => (string?)one!["uri"] == post;
    }

    [Test]
    public async Task Answers_stand_below_the_post_until_they_are_deleted()
    {
        var post = await customer.PostAsync("How do I reset it?");
        var answer = await brand.ReplyAsync(post, "Hold the button for ten seconds.");
        var thanks = await customer.ReplyAsync(answer, "Thank you!");

        var thread = await customer.ThreadAsync(post, until: seen => AddressesIn(seen).Contains(thanks));
        Assert.That(AddressesIn(thread), Is.EqualTo([post, answer, thanks]));

        await brand.DeleteAsync(answer);

        await customer.ThreadAsync(answer, until: seen => seen is null);
    }

    private static IEnumerable<string> AddressesIn(JsonNode? thread) => AtProtoUser.PostsIn(thread).Select(post => (string)post["uri"]!);
}
