using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>The main job as the people of both sides see it: a real network, a real browser.</summary>
public sealed class DeskOnBlueskyTests
{
    private const string Password = "correct horse battery";

    private readonly Installation installation = new();
    private AtProtoUser brand = null!;
    private AtProtoUser customer = null!;
    private RunningServer server = null!;

    [OneTimeSetUp]
    public async Task ConnectAsync()
    {
        await (await Browser.OpenAsync()).DisposeAsync();
        var network = AtProtoNetwork.Required();
        (brand, var password) = await network.NewAccountAsync("brand");
        (customer, _) = await network.NewAccountAsync("cust");
        await installation.AddBlueskyAsync(new { service = network.Pds, handle = brand.Handle }, password);
        await installation.AddAccountAsync(Role.Advocate, "ines", "Ines", Password, new("lang:en", 1), new("topic:technical", 1));
        server = await installation.ServeAsync();
    }

    [OneTimeTearDown]
    public async Task RemoveAsync() => await installation.DisposeAsync();

    [Test]
    public async Task A_customer_asks_an_advocate_answers_and_the_conversation_goes_on()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ines", Password);
        await Expect(window.Heading("Hello, Ines")).ToBeVisibleAsync();

        var post = await customer.PostAsync($"@{brand.Handle} hello, do you ship the blue lamp to Ireland?");
        await Expect(window.Feed.Card("blue lamp")).ToBeVisibleAsync();
        await window.Feed.ClaimAsync("blue lamp");
        await window.Conversation.Reply.FillAsync(new string('x', 300));
        await Expect(window.Conversation.Counter).ToHaveTextAsync("7 too many");
        await Expect(window.Conversation.Send).ToBeDisabledAsync();
        await window.Conversation.Reply.FillAsync("Yes, within a week 👩‍👩‍👧.");
        await Expect(window.Conversation.Counter).ToHaveTextAsync("28 / 300");
        await window.Conversation.Send.ClickAsync();

        var ours = window.Conversation.Turns.Filter(new() { HasText = "Yes, within a week" });
        await Expect(ours).ToContainTextAsync("Posted");
        await Expect(ours.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^https://bsky.app/profile/"));
        var thread = await customer.ThreadAsync(post, seen => AtProtoUser.PostsIn(seen).Count() == 2);
        var answer = AtProtoUser.PostsIn(thread).Last();
        Assert.That((string?)answer["author"]!["did"], Is.EqualTo(brand.Did));
        Assert.That((string?)answer["record"]!["text"], Is.EqualTo("Yes, within a week 👩‍👩‍👧.\n— Ines"));

        await customer.ReplyAsync((string)answer["uri"]!, "Thank you, you are great!");
        await Expect(window.Conversation.Turns.Filter(new() { HasText = "Thank you, you are great!" })).ToBeVisibleAsync();
        await Expect(window.Conversation.Turns).ToHaveCountAsync(3);
        Assert.That(window.Complaints, Is.Empty);
    }
}
