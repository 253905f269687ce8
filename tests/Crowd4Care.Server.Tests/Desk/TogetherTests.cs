using System.Net;
using System.Text.RegularExpressions;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.Api;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>Colleagues on the same mention, each in a browser of their own.</summary>
public sealed class TogetherTests
{
    private FilledDesk desk = null!;
    private ApiClient staff = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        desk = await FilledDesk.StartAsync();
        staff = desk.Server.Api(await desk.Installation.AddKeyAsync(Role.Agent, "Watcher"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (desk is not null)
            await desk.DisposeAsync();
    }

    [Test]
    public async Task A_colleague_is_named_by_a_few_letters_is_told_at_once_and_sees_it()
    {
        var id = (await staff.PushAsync(Some.Danger())).Single();
        await staff.RoutedAsync(id);
        await using var ada = await EnterAsync(FilledDesk.Admin);
        await ada.GoAsync("/named");
        await Expect(ada.Page.GetByText("No note names you")).ToBeVisibleAsync();
        await using var olga = await EnterAsync(FilledDesk.Agent);
        await olga.GoAsync($"/mentions/{id}");

        var box = olga.Page.GetByLabel("A note");
        // What is renewed meanwhile takes nothing away.
        var names = await olga.HoldAsync("**/fragments/names**");
        await box.PressSequentiallyAsync("Please look, @ad");
        await staff.PostAsync($"mentions/{id}/notes", new { text = "It smells." });
        await Expect(olga.Page.GetByText("It smells.").First).ToBeVisibleAsync();
        names.SetResult();
        await Expect(olga.Page.GetByRole(AriaRole.Listbox, new() { Name = "Colleagues" }).GetByRole(AriaRole.Option)).ToContainTextAsync("Ada Winter");
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("Please look, @ada ");
        await box.PressSequentiallyAsync("and @nobody");
        await olga.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(olga.Page.GetByText("Ada Winter gets a notice. Nobody here signs in as @nobody, so that stays text.")).ToBeVisibleAsync();
        await Expect(olga.Page.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Please look, Ada Winter and @nobody" })).ToBeVisibleAsync();

        var card = ada.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = "Please look" });
        await Expect(card).ToContainTextAsync("Olga Berg names you");
        await Expect(card.GetByText("New")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByLabel("1 new note names you").First).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Complementary).GetByText("You", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(ada.Page.GetByLabel("new note names you")).ToHaveCountAsync(0);
        Assert.That(ada.Complaints.Concat(olga.Complaints), Is.Empty);
    }

    [Test]
    public async Task Without_script_a_name_is_typed_and_all_are_marked_as_seen()
    {
        var id = (await staff.PushAsync(Some.Danger())).Single();
        await staff.RoutedAsync(id);
        await using var olga = await EnterAsync(FilledDesk.Agent, script: false);
        await olga.GoAsync($"/mentions/{id}");
        await olga.Page.GetByLabel("A note").FillAsync("For @jo: it smells.");
        await olga.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(olga.Page.GetByText("Jo Lund gets a notice.")).ToBeVisibleAsync();

        await using var jo = await EnterAsync("jo", script: false);
        await jo.GoAsync("/named");
        await Expect(jo.Page.GetByRole(AriaRole.Article)).ToContainTextAsync("For You: it smells.");
        await jo.Page.GetByRole(AriaRole.Button, new() { Name = "I have seen all" }).ClickAsync();
        await Expect(jo.Page.GetByLabel("new note names you")).ToHaveCountAsync(0);
        await Expect(jo.Page.GetByText("New", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(jo.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
    }

    [Test]
    public async Task A_program_reads_what_names_it()
    {
        var id = (await staff.PushAsync(Some.Danger())).Single();
        var named = desk.Server.Api(await desk.Installation.AddKeyAsync(Role.Agent, "bot"));
        await staff.PostAsync($"mentions/{id}/notes", new { text = "@bot.default, over to you." });

        var notes = (await named.GetAsync("me/notes")).Body!.AsArray();

        Assert.That(((Guid?)notes.Single()!["mentionId"], (string?)notes[0]!["writerName"]), Is.EqualTo((id, "Watcher")));
        Assert.That(notes[0]!["seenAt"], Is.Null);
        await named.PostAsync("me/notes/seen", new { mentionId = id });
        Assert.That((await named.GetAsync("me/notes")).Body![0]!["seenAt"], Is.Not.Null);
        Assert.That((string?)(await staff.MentionAsync(id))["notes"]![0]!["named"]![0]!["login"], Is.EqualTo("bot.default"));
    }

    [Test]
    public async Task An_advocate_asks_staff_keeps_the_mention_and_reads_the_answer()
    {
        var id = (await staff.PushAsync(Some.Post(text: "Is there a discount on the reading light for schools?", author: "tess"))).Single();
        await staff.MentionAsync(id, "open");
        await using var olga = await EnterAsync(FilledDesk.Agent);
        await olga.GoAsync("/queue/questions");
        await using var jo = await EnterAsync("jo");
        await jo.GoAsync($"/mentions/{id}");
        await jo.Conversation.PressAsync("Claim and answer");
        await jo.Conversation.Reply.FillAsync("Half of an answer");
        await jo.Conversation.FoldAsync("Ask staff", "What do you want to know?", "How much for a school?", "Ask");
        await Expect(jo.Conversation.Answer).ToContainTextAsync("It stays yours meanwhile.");
        await Expect(jo.Conversation.Reply).ToHaveValueAsync("Half of an answer");
        Assert.That(ApiClient.StatusOf(await staff.MentionAsync(id)), Is.EqualTo("claimed"));

        // Others may have asked too: the list grows by a button.
        var card = olga.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = "How much for a school?" });
        await olga.Page.GetByRole(AriaRole.Button, new() { Name = "1 new" }).ClickAsync();
        await Expect(card).ToContainTextAsync("Jo Lund asks");
        await card.GetByLabel("Your answer to Jo Lund").FillAsync("Ten percent off.");
        await card.GetByRole(AriaRole.Button, new() { Name = "Answer Jo Lund" }).ClickAsync();

        await Expect(jo.Conversation.Answer).ToContainTextAsync("Olga Berg answers");
        await Expect(jo.Conversation.Answer).ToContainTextAsync("Ten percent off.");
        await Expect(jo.Conversation.Reply).ToHaveValueAsync("Half of an answer");
        Assert.That(olga.Complaints.Concat(jo.Complaints), Is.Empty);
    }

    [Test]
    public async Task Without_script_a_question_is_asked_and_answered_on_the_page_of_the_mention()
    {
        var id = (await staff.PushAsync(Some.Post(text: "Does the travel mug fit under your machine?", author: "uma"))).Single();
        await staff.MentionAsync(id, "open");
        await using var jo = await EnterAsync("jo", script: false);
        await jo.GoAsync($"/mentions/{id}");
        await jo.Conversation.PressAsync("Claim and answer");
        await jo.Conversation.FoldAsync("Ask staff", "What do you want to know?", "How high is it?", "Ask");
        await Expect(jo.Page.GetByText("Staff are asked. It stays yours for 60 minutes meanwhile.")).ToBeVisibleAsync();

        await using var olga = await EnterAsync(FilledDesk.Agent, script: false);
        await olga.GoAsync($"/mentions/{id}");
        await olga.Conversation.Answer.GetByLabel("Your answer to Jo Lund").FillAsync("17 centimetres.");
        await olga.Conversation.PressAsync("Answer Jo Lund");
        await Expect(olga.Page.GetByText("Answered. Who asked sees it now.")).ToBeVisibleAsync();

        await jo.GoAsync($"/mentions/{id}");
        await Expect(jo.Conversation.Answer).ToContainTextAsync("17 centimetres.");
    }

    [Test]
    public async Task Programs_ask_and_answer_too()
    {
        var id = (await staff.PushAsync(Some.Post(author: "vera"))).Single();
        await staff.MentionAsync(id, "open");
        var advocate = desk.Server.Api(await desk.Installation.AddKeyAsync(Role.Advocate, "Asker"));
        PushTests.IsProblem(await advocate.PostAsync($"mentions/{id}/questions", new { text = "Why?" }), HttpStatusCode.Conflict);
        await advocate.ClaimAsync(id);
        PushTests.IsProblem(await advocate.PostAsync($"mentions/{id}/questions", new { text = "" }), HttpStatusCode.BadRequest);

        var asked = await advocate.PostAsync($"mentions/{id}/questions", new { text = "Why?" });

        var question = (Guid)asked["questionId"]!;
        PushTests.IsProblem(await advocate.GetAsync("questions"), HttpStatusCode.Forbidden);
        Assert.That((await staff.GetAsync("questions")).Body!.AsArray().Select(q => (Guid)q!["id"]!), Does.Contain(question));
        Assert.That((await staff.PostAsync($"questions/{question}/answer", new { text = "Because." })).Status, Is.EqualTo(HttpStatusCode.NoContent));
        PushTests.IsProblem(await staff.PostAsync($"questions/{question}/answer", new { text = "Because." }), HttpStatusCode.Conflict);
        Assert.That((string?)(await advocate.MentionAsync(id))["questions"]![0]!["answer"], Is.EqualTo("Because."));
    }

    [Test]
    public async Task Who_looks_at_the_same_mention_is_shown_writes_and_goes()
    {
        var id = (await staff.PushAsync(Some.Danger())).Single();
        await staff.MentionAsync(id, "escalated");
        await using var olga = await EnterAsync(FilledDesk.Agent);
        await olga.GoAsync($"/mentions/{id}");
        await using var ada = await EnterAsync(FilledDesk.Admin);
        await ada.GoAsync($"/queue?selected={id}");
        await Expect(ada.Page.GetByText("Olga Berg is looking at this too")).ToBeVisibleAsync();
        await Expect(olga.Page.GetByText("Ada Winter is looking at this too")).ToBeVisibleAsync();

        await olga.Conversation.PressAsync("Take it");
        await olga.Conversation.Reply.PressSequentiallyAsync("Please unplug it");
        await Expect(ada.Page.GetByText("Olga Berg is writing an answer")).ToBeVisibleAsync();
        await olga.Conversation.PressAsync("Give back");
        await Expect(ada.Conversation.Answer).ToContainTextAsync("With staff");

        await olga.GoAsync("/queue");
        await Expect(ada.Page.GetByText("Olga Berg is")).ToHaveCountAsync(0);
        await ada.GoAsync("/queue");
        await olga.GoAsync($"/mentions/{id}");
        await Expect(olga.Page.GetByText("Ada Winter is")).ToHaveCountAsync(0);
        Assert.That(ada.Complaints.Concat(olga.Complaints), Is.Empty);
    }

    [Test]
    public async Task Nobody_is_company_for_themselves_and_another_page_of_the_mention_stays()
    {
        var id = (await staff.PushAsync(Some.Danger())).Single();
        await staff.MentionAsync(id, "escalated");
        await using var olga = await EnterAsync(FilledDesk.Agent);
        await olga.GoAsync($"/mentions/{id}");
        await using var second = await olga.AnotherAsync();
        await second.GoAsync($"/mentions/{id}");
        await Expect(second.Page.GetByText("looking at this too")).ToHaveCountAsync(0);
        await using var ada = await EnterAsync(FilledDesk.Admin);
        await ada.GoAsync($"/mentions/{id}");

        await second.GoAsync("/queue");
        await olga.GoAsync($"/mentions/{id}");

        await Expect(ada.Page.GetByText("Olga Berg is looking at this too")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Several_are_taken_at_once_and_those_that_are_not_are_told_with_the_reason()
    {
        var ids = await staff.PushAsync(
            Some.Post(text: "Smoke came out of my lamp, this is not safe!", author: "bulk-one"), Some.Post(text: "Smoke came out of my mug, this is not safe!", author: "bulk-two"),
            Some.Post(text: "Smoke came out of my kettle, this is not safe!", author: "bulk-three"));
        foreach (var id in ids)
            await staff.MentionAsync(id, "escalated");
        await using var ada = await EnterAsync(FilledDesk.Admin);
        await ada.GoAsync("/queue");
        await Expect(ada.Page.GetByRole(AriaRole.Button, new() { Name = "Take", Exact = true })).ToHaveCountAsync(0);
        foreach (var name in new[] { "bulk-one", "bulk-three" })
            await ada.Page.GetByLabel($"Select {name}").CheckAsync();
        await ada.Page.GetByRole(AriaRole.Link).Filter(new() { HasText = "bulk-two" }).FocusAsync();
        await ada.Page.Keyboard.PressAsync("x");
        await Expect(ada.Page.GetByLabel("Select bulk-two")).ToBeCheckedAsync();
        await staff.ClaimAsync(ids[0]);
        // The list was renewed meanwhile, and what was chosen still is.
        await Expect(ada.Page.GetByRole(AriaRole.Link).Filter(new() { HasText = "bulk-one" })).ToContainTextAsync("Watcher");
        await Expect(ada.Page.GetByLabel("Select bulk-two")).ToBeCheckedAsync();

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Take", Exact = true }).ClickAsync();

        await Expect(ada.Page.GetByText("2 of 3 taken. bulk-one: Watcher was faster: it is theirs now.")).ToBeVisibleAsync();
        foreach (var id in ids.Skip(1))
            Assert.That((string?)(await staff.MentionAsync(id))["mention"]!["assigneeName"], Is.EqualTo("Ada Winter"));
        await Expect(ada.Page.GetByLabel("Select bulk-two")).Not.ToBeCheckedAsync();
        Assert.That(ada.Complaints, Has.All.Contains("409"), "nothing but what was refused");
    }

    [Test]
    public async Task Without_script_all_are_chosen_by_a_link_and_resolved()
    {
        var id = (await staff.PushAsync(Some.Post(text: "Smoke came out of my speaker, this is not safe!", author: "bulk-four"))).Single();
        await staff.MentionAsync(id, "escalated");
        await using var ada = await EnterAsync(FilledDesk.Admin, script: false);
        await ada.GoAsync("/queue");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Select all" }).ClickAsync();
        foreach (var box in await ada.Page.GetByRole(AriaRole.Checkbox).AllAsync())
        {
            await Expect(box).ToBeCheckedAsync();
            if (await box.GetAttributeAsync("value") != id.ToString())
                await box.UncheckAsync();
        }

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Resolve", Exact = true }).ClickAsync();

        await Expect(ada.Page.GetByText("1 resolved.")).ToBeVisibleAsync();
        await staff.MentionAsync(id, "resolved");
    }

    [Test]
    public async Task Programs_do_one_thing_to_many_too()
    {
        var ids = await staff.PushAsync(Some.Danger(), Some.Post(author: "wim"));
        foreach (var id in ids)
            await staff.RoutedAsync(id);
        PushTests.IsProblem(await staff.PostAsync("queue/bulk", new { action = "dance", mentionIds = ids }), HttpStatusCode.BadRequest);
        PushTests.IsProblem(await staff.PostAsync("queue/bulk", new { action = "take", mentionIds = Array.Empty<Guid>() }), HttpStatusCode.BadRequest);
        PushTests.IsProblem(await staff.PostAsync("queue/bulk", new { action = "topic", mentionIds = ids }), HttpStatusCode.BadRequest);

        var result = await staff.PostAsync("queue/bulk", new { action = "hand-back", mentionIds = ids.Append(Guid.Empty), advice = "Be kind." });

        Assert.That(result["done"]!.AsArray().Select(i => (Guid)i!), Is.EqualTo(new[] { ids[0] }));
        Assert.That(result["failed"]!.AsArray().Select(f => ((Guid)f!["mentionId"]!, (string?)f["author"])), Is.EqualTo(new[] { (ids[1], (string?)"wim"), (Guid.Empty, null) }));
        await staff.MentionAsync(ids[0], "open");
    }

    [Test]
    public async Task What_somebody_said_twice_is_closed_once_and_taken_apart_again()
    {
        var ids = await staff.PushAsync(
            Some.Post(text: "Smoke came out of my heater, this is not safe!", author: "yara"), Some.Post(text: "SMOKE came out of my heater, this is not safe. @brand", author: "yara"));
        foreach (var id in ids)
            await staff.MentionAsync(id, "escalated");
        await using var olga = await EnterAsync(FilledDesk.Agent);
        await olga.GoAsync($"/mentions/{ids[1]}");
        var panel = olga.Page.GetByRole(AriaRole.Complementary);

        await panel.GetByRole(AriaRole.Button, new() { Name = "Close this as its duplicate" }).First.ClickAsync();

        await staff.MentionAsync(ids[1], "resolved");
        await panel.GetByRole(AriaRole.Link).Filter(new() { HasText = "yara" }).ClickAsync();
        await Expect(olga.Heading("1 duplicate")).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Not a duplicate" }).ClickAsync();
        await staff.MentionAsync(ids[1], "escalated");
        await Expect(olga.Heading("1 duplicate")).ToHaveCountAsync(0);
        Assert.That(olga.Complaints, Is.Empty);
    }

    [Test]
    public async Task Without_script_the_address_of_the_other_says_which_and_programs_say_it_too()
    {
        var ids = await staff.PushAsync(Some.Danger(), Some.Post(text: "Smoke came out of my oven, this is not safe!", author: "xena"));
        foreach (var id in ids)
            await staff.MentionAsync(id, "escalated");
        await using var olga = await EnterAsync(FilledDesk.Agent, script: false);
        await olga.GoAsync($"/mentions/{ids[1]}");
        await olga.Page.GetByText("Duplicate of another mention").ClickAsync();
        await olga.Page.GetByLabel("Address of its page here").FillAsync(new Uri(olga.Server, $"/queue?selected={ids[0]}").ToString());
        await olga.Page.GetByRole(AriaRole.Button, new() { Name = "Close this as its duplicate" }).Last.ClickAsync();
        await Expect(olga.Page.GetByText("Closed as a duplicate.")).ToBeVisibleAsync();

        Assert.That((Guid?)(await staff.GetAsync($"mentions/{ids[1]}/duplicates"))["original"]!["id"], Is.EqualTo(ids[0]));
        PushTests.IsProblem(await staff.PutAsync($"mentions/{ids[1]}/duplicate-of", new { mentionId = ids[1] }), HttpStatusCode.BadRequest);
        Assert.That((await staff.DeleteAsync($"mentions/{ids[1]}/duplicate-of")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        await staff.MentionAsync(ids[1], "escalated");
        PushTests.IsProblem(await staff.DeleteAsync($"mentions/{ids[1]}/duplicate-of"), HttpStatusCode.Conflict);
    }

    [Test]
    public async Task An_admin_invites_somebody_who_comes_in_and_is_suspended_later()
    {
        await using var ada = await EnterAsync(FilledDesk.Admin);
        await ada.GoAsync("/admin/people");
        var panel = ada.Page.GetByRole(AriaRole.Region, new() { Name = "Invite by link" });
        await panel.GetByLabel("For whom").FillAsync("Nele");
        await panel.GetByLabel("Role").SelectOptionAsync("Agent");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await panel.GetByLabel("The link").InputValueAsync();
        await ada.GoAsync("/admin/people");
        await Expect(panel.GetByLabel("The link")).ToHaveCountAsync(0);
        await Expect(panel.GetByText("Nele", new() { Exact = true })).ToBeVisibleAsync();

        await using var nele = await DeskWindow.OpenAsync(desk.Server.Address, script: false);
        await nele.GoAsync(new Uri(link).PathAndQuery);
        await nele.Page.GetByLabel("Your name").FillAsync("Nele Voss");
        await nele.Page.GetByLabel("Login name").FillAsync("nele");
        await nele.Page.GetByLabel("Password").FillAsync(FilledDesk.Password);
        await nele.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Expect(nele.Heading("Queue")).ToBeVisibleAsync();
        var id = (await staff.PushAsync(Some.Danger())).Single();
        await staff.MentionAsync(id, "escalated");
        await nele.GoAsync($"/mentions/{id}");
        await nele.Conversation.PressAsync("Take it");
        await staff.MentionAsync(id, "claimed");

        await ada.GoAsync("/admin/people");
        await Expect(panel.GetByText("Nele", new() { Exact = true })).ToHaveCountAsync(0);
        var entry = ada.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Nele Voss" });
        await entry.Locator("summary").First.ClickAsync();
        await entry.GetByLabel("Suspend, and tell them why").FillAsync("She left us.");
        await entry.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Expect(ada.Page.GetByText("Nele Voss is suspended. 1 that they had is free again.")).ToBeVisibleAsync();
        await staff.MentionAsync(id, "escalated");
        await nele.GoAsync("/queue");
        await Expect(nele.Heading("Sign in")).ToBeVisibleAsync();

        await ada.GoAsync("/admin/journal?kind=person.changed");
        await Expect(ada.Page.GetByText("Ada Winter suspended Nele Voss: “She left us.”")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByText("Ada Winter invited Nele as agent")).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_journal_is_narrowed_down_and_leads_to_mentions()
    {
        var id = (await staff.PushAsync(Some.Danger())).Single();
        await staff.MentionAsync(id, "escalated");
        await staff.PostAsync($"mentions/{id}/notes", new { text = "It smells." });
        await using var ada = await EnterAsync(FilledDesk.Admin, script: false);
        await ada.GoAsync("/admin/journal");
        await ada.Page.GetByRole(AriaRole.Combobox, new() { Name = "What" }).SelectOptionAsync("note.added");
        await ada.Page.GetByLabel("Mention (address)").FillAsync($"{ada.Server}mentions/{id}");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();

        await Expect(ada.Page.GetByText("Watcher wrote a note")).ToHaveCountAsync(1);
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Its entries" }).ClickAsync();
        await Expect(ada.Page.GetByText("Given to staff")).ToBeVisibleAsync();
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "The mention" }).First.ClickAsync();
        await Expect(ada.Page).ToHaveURLAsync(new Regex($"/mentions/{id}"));
        await ada.GoAsync("/admin/journal?person=nobody&from=yesterday");
        await Expect(ada.Page.GetByText("Nobody here signs in as “nobody”.")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByText("“yesterday” is not a day")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Programs_of_admins_suspend_invite_and_read_the_journal()
    {
        var admin = desk.Server.Api(await desk.Installation.AddKeyAsync(Role.Admin, "Admin bot"));
        var advocate = desk.Server.Api(await desk.Installation.AddKeyAsync(Role.Advocate, "Troll"));
        var troll = (Guid)(await advocate.GetAsync("me"))["id"]!;
        PushTests.IsProblem(await staff.GetAsync("people"), HttpStatusCode.Forbidden);
        PushTests.IsProblem(await admin.PostAsync($"people/{troll}/suspend", new { reason = "" }), HttpStatusCode.BadRequest);
        Assert.That((int?)(await admin.PostAsync($"people/{troll}/suspend", new { reason = "Rude." }))["claimsReturned"], Is.Zero);
        PushTests.IsProblem(await advocate.GetAsync("me"), HttpStatusCode.Unauthorized);
        Assert.That((await admin.GetAsync("people")).Body!.AsArray().Single(p => (Guid)p!["id"]! == troll)!["suspendedReason"]!.ToString(), Is.EqualTo("Rude."));
        Assert.That((await admin.PostAsync($"people/{troll}/reinstate")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await advocate.GetAsync("me")).Status, Is.EqualTo(HttpStatusCode.OK));

        PushTests.IsProblem(await admin.PostAsync("invitations", new { role = "boss" }), HttpStatusCode.BadRequest);
        PushTests.IsProblem(await admin.PostAsync("invitations", new { role = "agent", days = 365 }), HttpStatusCode.BadRequest);
        var made = await admin.PostAsync("invitations", new { role = "agent", forWhom = "Kim" });
        Assert.That((string?)made["url"], Does.StartWith($"{desk.Server.Address}set-up?token="));
        Assert.That((await admin.DeleteAsync($"invitations/{made["id"]}")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        PushTests.IsProblem(await admin.DeleteAsync($"invitations/{made["id"]}"), HttpStatusCode.NotFound);

        PushTests.IsProblem(await admin.GetAsync("journal?kind=dance"), HttpStatusCode.BadRequest);
        var entries = (await admin.GetAsync("journal?kind=person.changed&person=admin%20bot.default&limit=3"))["entries"]!.AsArray();
        Assert.That(entries.Select(e => (string?)e!["data"]!["change"]), Is.EqualTo(new[] { "invitation-withdrawn", "invited", "reinstated" }));
    }

    private async Task<DeskWindow> EnterAsync(string login, bool script = true) =>
        await (await DeskWindow.OpenAsync(desk.Server.Address, script)).SignInAsync(login, FilledDesk.Password);
}
