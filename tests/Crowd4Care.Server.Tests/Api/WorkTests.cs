using System.Net;
using System.Text.Json.Nodes;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class WorkTests : ServerTests
{
    [Test]
    public async Task A_mention_is_offered_to_the_advocate_who_is_there()
    {
        var staff = await AgentAsync();
        var advocate = await AdvocateAsync();
        await advocate.GetAsync("feed");

        var id = (await staff.PushAsync(Some.Post())).Single();

        var mention = await staff.MentionAsync(id, m => m["mention"]!["offeredTo"] is not null, "is offered");
        var me = await advocate.GetAsync("me");
        Assert.That((Guid?)mention["mention"]!["offeredTo"], Is.EqualTo((Guid)me["id"]!));
        Assert.That((await advocate.GetAsync("feed"))["offers"]!.AsArray().Select(m => (Guid)m!["id"]!), Is.EqualTo([id]));
        var candidate = mention["decisions"]![0]!["decision"]!["candidates"]!.AsArray().Single()!;
        Assert.That((string?)candidate["name"], Is.EqualTo("Ines"));
        Assert.That((double?)candidate["total"], Is.GreaterThan(0));
    }

    [Test]
    public async Task An_offered_mention_is_reserved_and_goes_on_when_it_is_declined()
    {
        var staff = await AgentAsync();
        var first = await AdvocateAsync("First");
        await first.GetAsync("feed");
        var id = (await staff.PushAsync(Some.Post())).Single();
        await staff.MentionAsync(id, m => m["mention"]!["offeredTo"] is not null, "is offered");
        var second = await AdvocateAsync("Second");

        var refused = await second.PostAsync($"mentions/{id}/claim");
        PushTests.IsProblem(refused, HttpStatusCode.Conflict);
        Assert.That(((string?)refused["outcome"], (string?)refused["holder"]), Is.EqualTo(("reserved", "First")));
        PushTests.IsProblem(await second.PostAsync($"mentions/{id}/pass"), HttpStatusCode.Conflict);

        Assert.That((await first.PostAsync($"mentions/{id}/pass", new { reason = "Not my field" })).Status, Is.EqualTo(HttpStatusCode.NoContent));

        await Poll.UntilAsync(_ => second.GetAsync("feed"), f => f["offers"]!.AsArray().Any(m => (Guid)m!["id"]! == id), "the second advocate's offers");
        await second.ClaimAsync(id);
    }

    [Test]
    public async Task An_offer_is_declined_with_a_code_that_is_known()
    {
        var staff = await AgentAsync();
        var advocate = await AdvocateAsync();
        await advocate.GetAsync("feed");
        var id = (await staff.PushAsync(Some.Post())).Single();
        await staff.MentionAsync(id, m => m["mention"]!["offeredTo"] is not null, "is offered");

        var refused = await advocate.PostAsync($"mentions/{id}/pass", new { code = "bored" });
        PushTests.IsProblem(refused, HttpStatusCode.BadRequest);
        Assert.That(refused.Detail, Does.Contain("\"bored\"").And.Contain("not-my-topic"));
        Assert.That((await advocate.PostAsync($"mentions/{id}/pass", new { code = "needs-staff", reason = "It smells." })).Status, Is.EqualTo(HttpStatusCode.NoContent));

        var passed = (await staff.MentionAsync(id))["history"]!.AsArray().Single(e => (string?)e!["kind"] == "offer.passed")!["data"]!;
        Assert.That(((string?)passed["code"], (string?)passed["reason"]), Is.EqualTo(("needs-staff", "It smells.")));
    }

    [Test]
    public async Task A_claim_is_extended_when_little_is_left_and_early_on_nothing_changes()
    {
        var id = await OpenMentionAsync(await AgentAsync());
        var advocate = await AdvocateAsync();
        PushTests.IsProblem(await advocate.PostAsync($"mentions/{id}/extend"), HttpStatusCode.Conflict);
        var claim = await advocate.PostAsync($"mentions/{id}/claim");

        var early = await advocate.PostAsync($"mentions/{id}/extend");

        Assert.That(((DateTimeOffset)early["until"]!).ToUnixTimeMilliseconds(), Is.EqualTo(((DateTimeOffset)claim["until"]!).ToUnixTimeMilliseconds()));
        Assert.That((int?)early["extensionsLeft"], Is.EqualTo(2));
        PushTests.IsProblem(await advocate.PostAsync($"mentions/{Guid.Empty}/extend"), HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Advocates_say_when_they_want_offers()
    {
        var advocate = await AdvocateAsync();
        var said = new { timeZone = "Europe/Berlin", quietFrom = "22:00", quietUntil = "08:00", dailyLimit = 7 };
        Assert.That((await advocate.PutAsync("me/availability", said)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        var kept = await advocate.GetAsync("me/availability");
        Assert.That(((string?)kept["timeZone"], (string?)kept["quietFrom"], (string?)kept["quietUntil"], (int?)kept["dailyLimit"]), Is.EqualTo(("Europe/Berlin", "22:00", "08:00", (int?)7)));

        var refused = await advocate.PutAsync("me/availability", new { quietFrom = "late" });
        PushTests.IsProblem(refused, HttpStatusCode.BadRequest);
        Assert.That(refused.Detail, Does.Contain("quietFrom"));
    }

    [Test]
    public async Task A_claim_repeated_is_the_same_claim()
    {
        var id = await OpenMentionAsync(await AgentAsync());
        var advocate = await AdvocateAsync();

        var first = await advocate.PostAsync($"mentions/{id}/claim");
        var second = await advocate.PostAsync($"mentions/{id}/claim");

        Assert.That((long?)second["fence"], Is.EqualTo((long)first["fence"]!));
        Assert.That((DateTimeOffset)second["until"]!, Is.EqualTo((DateTimeOffset)first["until"]!).Within(1).Milliseconds);
        Assert.That((await advocate.GetAsync("feed"))["claimed"]!.AsArray().Select(m => (Guid)m!["id"]!), Is.EqualTo([id]));
    }

    [Test]
    public async Task A_released_mention_can_be_claimed_by_another()
    {
        var id = await OpenMentionAsync(await AgentAsync());
        var first = await AdvocateAsync("First");
        await first.ClaimAsync(id);
        // Away, so that it is not kept for whoever gave it back.
        await first.PostAsync("me/availability", new { away = true });

        Assert.That((await first.PostAsync($"mentions/{id}/release")).Status, Is.EqualTo(HttpStatusCode.NoContent));

        await (await AdvocateAsync("Second")).ClaimAsync(id);
        PushTests.IsProblem(await first.PostAsync($"mentions/{id}/release"), HttpStatusCode.Conflict);
    }

    [Test]
    public async Task Claims_end_when_nothing_comes_of_them()
    {
        await using var installation = new Installation();
        installation.Settings["Engagement:ClaimMinutes"] = "0.05";
        await using var server = await installation.ServeAsync();
        var staff = server.Api(await installation.AddKeyAsync(Contracts.Role.Agent, "Olga"));
        var advocate = server.Api(await installation.AddKeyAsync(Contracts.Role.Advocate, "Ines"));
        var id = await OpenMentionAsync(staff);
        var fence = await advocate.ClaimAsync(id);

        await staff.MentionAsync(id, "open");

        PushTests.IsProblem(await advocate.PostAsync($"mentions/{id}/reply", new { fence, text = "Late", byHand = true }), HttpStatusCode.Conflict);
        var history = (await staff.MentionAsync(id))["history"]!.AsArray();
        Assert.That(history.Select(h => (string?)h!["kind"]), Has.Member("claim.expired"));
    }

    [Test]
    public async Task A_reply_under_an_older_claim_is_refused()
    {
        var id = await OpenMentionAsync(await AgentAsync());
        var advocate = await AdvocateAsync();
        var old = await advocate.ClaimAsync(id);
        await advocate.PostAsync($"mentions/{id}/release");
        var fence = await advocate.ClaimAsync(id);
        Assert.That(fence, Is.GreaterThan(old));

        PushTests.IsProblem(await advocate.PostAsync($"mentions/{id}/reply", new { fence = old, text = "Yes", byHand = true }), HttpStatusCode.Conflict);
        var posted = await advocate.PostAsync($"mentions/{id}/reply", new { fence, text = "Yes, we do.", byHand = true, url = "https://example.org/1" });

        Assert.That(posted.Status, Is.EqualTo(HttpStatusCode.Accepted), posted.ToString());
        var mention = await advocate.MentionAsync(id);
        Assert.That(ApiClient.StatusOf(mention), Is.EqualTo("answered"));
        Assert.That(mention["replies"]!.AsArray().Select(r => ((string?)r!["state"], (string?)r["text"], (string?)r["url"])),
            Is.EqualTo([("posted", "Yes, we do.", "https://example.org/1")]));
        PushTests.IsProblem(await advocate.PostAsync($"mentions/{id}/reply", new { fence, text = "Again", byHand = true }), HttpStatusCode.Conflict);
    }

    [Test]
    public async Task Nobody_replies_under_the_claim_of_another()
    {
        var id = await OpenMentionAsync(await AgentAsync());
        var fence = await (await AdvocateAsync("First")).ClaimAsync(id);

        var reply = await (await AdvocateAsync("Second")).PostAsync($"mentions/{id}/reply", new { fence, text = "Mine now", byHand = true });

        PushTests.IsProblem(reply, HttpStatusCode.Conflict);
    }

    [Test]
    public async Task What_no_channel_can_post_is_posted_by_hand()
    {
        var id = await OpenMentionAsync(await AgentAsync());
        var advocate = await AdvocateAsync();
        var fence = await advocate.ClaimAsync(id);

        var reply = await advocate.PostAsync($"mentions/{id}/reply", new { fence, text = "Yes" });

        PushTests.IsProblem(reply, HttpStatusCode.Conflict);
        Assert.That(reply.Detail, Does.Contain("can't post to example").And.Contain("byHand"));
    }

    [Test]
    public async Task A_reply_is_counted_as_the_network_counts_it()
    {
        await Installation.AddBlueskyAsync(new { handle = "brand.example", notifications = false }, "secret", Brand);
        var staff = await AgentAsync();
        var id = (await staff.PushAsync(new { id = Some.Id(), network = "bluesky", author = "zoe", text = "Hello, do you ship the lamp to Ireland?" })).Single();
        await staff.MentionAsync(id, "open");
        var advocate = await AdvocateAsync();
        var fence = await advocate.ClaimAsync(id);

        var tooLong = await advocate.PostAsync($"mentions/{id}/reply", new { fence, text = new string('x', 300) });
        var empty = await advocate.PostAsync($"mentions/{id}/reply", new { fence, text = " \n" });

        PushTests.IsProblem(tooLong, HttpStatusCode.BadRequest);
        Assert.That(tooLong.Detail, Is.EqualTo("text: counts 307 with its signature; 300 is the limit of the network: 7 characters too many."));
        PushTests.IsProblem(empty, HttpStatusCode.BadRequest);
        Assert.That(ApiClient.StatusOf(await advocate.MentionAsync(id)), Is.EqualTo("claimed"), "A refused text must not cost the claim.");
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("""{"fence":"first","text":"Yes"}""")]
    public async Task A_wrong_reply_body_is_a_problem(string body)
    {
        var id = await OpenMentionAsync(await AgentAsync());

        PushTests.IsProblem(await (await AdvocateAsync()).PostTextAsync($"mentions/{id}/reply", body), HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task An_advocate_hands_over_to_staff_who_answer_and_both_are_rewarded_or_not()
    {
        var staff = await AgentAsync();
        var id = await OpenMentionAsync(staff);
        var advocate = await AdvocateAsync();
        await advocate.ClaimAsync(id);

        Assert.That((await advocate.PostAsync($"mentions/{id}/escalate", new { reason = "Needs the invoice" })).Status, Is.EqualTo(HttpStatusCode.NoContent));

        var waiting = (await staff.GetAsync("queue")).Body!.AsArray().Single()!;
        Assert.That(((Guid)waiting["id"]!, (string?)waiting["queue"]), Is.EqualTo((id, "staff")));
        var refused = await advocate.PostAsync($"mentions/{id}/claim");
        PushTests.IsProblem(refused, HttpStatusCode.Conflict);
        Assert.That((string?)refused["outcome"], Is.EqualTo("withStaff"));
        var fence = await staff.ClaimAsync(id);
        await staff.PostAsync($"mentions/{id}/reply", new { fence, text = "Here it is.", byHand = true });
        var points = await Poll.UntilAsync(_ => advocate.GetAsync("points"), p => (int?)p["total"] > 0, "points for the hand-over");
        Assert.That(points["lines"]!.AsArray().Select(l => ((string?)l!["rule"], (int?)l["points"])), Is.EqualTo([("handed-over", 6)]));
        Assert.That((int?)(await staff.GetAsync("points"))["total"], Is.Zero);
    }

    [Test]
    public async Task Staff_hand_back_with_advice_and_an_advocate_goes_on()
    {
        var staff = await AgentAsync();
        var id = (await staff.PushAsync(Some.Danger())).Single();
        await staff.MentionAsync(id, "escalated");

        Assert.That((await staff.PostAsync($"mentions/{id}/hand-back", new { advice = "It was a candle. Ask for a photo." })).Status, Is.EqualTo(HttpStatusCode.NoContent));

        await (await AdvocateAsync()).ClaimAsync(id);
        var mention = await staff.MentionAsync(id);
        Assert.That(mention["notes"]!.AsArray().Select(n => ((string?)n!["personName"], (string?)n["text"])), Is.EqualTo([("Olga", "It was a candle. Ask for a photo.")]));
        Assert.That((await staff.GetAsync("queue")).Body!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task The_queue_is_sorted_by_priority()
    {
        var staff = await AgentAsync();
        var ids = await staff.PushAsync(Some.Post(text: "You idiots are worthless scum, I hate you all"), Some.Danger());
        foreach (var id in ids)
            await staff.MentionAsync(id, "escalated");

        var queue = (await staff.GetAsync("queue")).Body!.AsArray();

        Assert.That(queue.Select(m => (Guid)m!["id"]!), Is.EqualTo([ids[1], ids[0]]));
        Assert.That(queue.Select(m => (int)m!["priority"]!), Is.Ordered.Descending);
    }

    [Test]
    public async Task A_resolved_mention_is_closed()
    {
        var staff = await AgentAsync();
        var id = await OpenMentionAsync(staff);

        PushTests.IsProblem(await (await AdvocateAsync()).PostAsync($"mentions/{id}/resolve"), HttpStatusCode.Conflict);
        Assert.That((await staff.PostAsync($"mentions/{id}/resolve")).Status, Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That(ApiClient.StatusOf(await staff.MentionAsync(id)), Is.EqualTo("resolved"));
        PushTests.IsProblem(await staff.PostAsync($"mentions/{id}/resolve"), HttpStatusCode.Conflict);
        var claim = await staff.PostAsync($"mentions/{id}/claim");
        PushTests.IsProblem(claim, HttpStatusCode.Conflict);
        Assert.That((string?)claim["mentionStatus"], Is.EqualTo("resolved"));
    }

    [Test]
    public async Task Notes_are_kept_in_order()
    {
        var staff = await AgentAsync();
        var id = await OpenMentionAsync(staff);

        await staff.PostAsync($"mentions/{id}/notes", new { text = "Called them." });
        await (await AdvocateAsync()).PostAsync($"mentions/{id}/notes", new { text = " Thank you! " });

        Assert.That((await staff.MentionAsync(id))["notes"]!.AsArray().Select(n => (string?)n!["text"]), Is.EqualTo(["Called them.", "Thank you!"]));
        PushTests.IsProblem(await staff.PostAsync($"mentions/{id}/notes", new { text = " " }), HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Somebody_away_is_offered_nothing()
    {
        var staff = await AgentAsync();
        var advocate = await AdvocateAsync();
        Assert.That((await advocate.PostAsync("me/availability", new { away = true })).Status, Is.EqualTo(HttpStatusCode.NoContent));

        var id = (await staff.PushAsync(Some.Post())).Single();

        var mention = await staff.MentionAsync(id, "open");
        Assert.That(mention["mention"]!["offeredTo"], Is.Null);
        Assert.That((string?)Candidate(mention)["excluded"], Is.EqualTo("is away"));
    }

    [Test]
    public async Task The_leaderboard_ranks_those_who_answered()
    {
        var staff = await AgentAsync();
        var busy = await AdvocateAsync("Busy");
        var idle = await AdvocateAsync("Idle");
        // Away, so that nothing is reserved for one of them.
        await busy.PostAsync("me/availability", new { away = true });
        await idle.PostAsync("me/availability", new { away = true });
        foreach (var advocate in new[] { busy, busy, idle })
        {
            var id = (await staff.PushAsync(Some.Post())).Single();
            await staff.MentionAsync(id, "open");
            var fence = await advocate.ClaimAsync(id);
            await advocate.PostAsync($"mentions/{id}/reply", new { fence, text = "Yes", byHand = true });
        }

        var board = await Poll.UntilAsync(_ => idle.GetAsync("leaderboard"), b => b.Body!.AsArray().Sum(r => (int)r!["points"]!) == 30, "the leaderboard");

        Assert.That(board.Body!.AsArray().Select(r => ((int)r!["rank"]!, (string?)r["name"], (int)r["points"]!)), Is.EqualTo([(1, "Busy", 20), (2, "Idle", 10)]));
    }

    private static JsonNode Candidate(JsonNode mention) => mention["decisions"]![0]!["decision"]!["candidates"]!.AsArray().Single()!;
}
