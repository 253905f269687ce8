using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Backtest;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing.Backtest;

[EachEngine]
public sealed class BacktestRunnerTests(string engine)
{
    private const string Published =
        """
        { "rules": [
          { "id": "angry", "when": { "score": { "head": "anger", "label": "anger", "atLeast": 0.7 } }, "then": { "action": "escalate", "priority": 60 } },
          { "id": "rest", "then": { "action": "offer" } } ] }
        """;

    private const string Draft =
        """
        { "rules": [
          { "id": "thanks", "when": { "text": { "containsAny": ["thank you"] } }, "then": { "action": "ignore" } },
          { "id": "angry", "when": { "score": { "head": "anger", "label": "anger", "atLeast": 0.5 } }, "then": { "action": "escalate", "queue": "care", "priority": 60 } },
          { "id": "rest", "then": { "action": "offer" } } ] }
        """;

    private CrowdDriver driver = null!;

    [SetUp]
    public async Task StartAsync()
    {
        driver = await CrowdDriver.StartAsync(engine);
        Assert.That((await driver.Get<RuleSetStore>().PublishAsync(CrowdDriver.Brand, Published, null)).Version, Is.EqualTo(1));
    }

    [TearDown]
    public async Task StopAsync() => await driver.DisposeAsync();

    [Test]
    public async Task Each_mention_is_counted_under_both_rule_sets()
    {
        await AngryAsync(0.9, "I am so angry!");
        await AngryAsync(0.6, "I am rather angry.");
        await AngryAsync(0.1, "Where is my router?");
        await AngryAsync(0.1, "Thank you!");

        var report = await RunAsync(Draft);

        using var all = Assert.EnterMultipleScope();
        Assert.That((report.Mentions, report.Changed, report.RuleSetVersion), Is.EqualTo((4, 3, 1)));
        Assert.That(report.ByTarget, Is.EquivalentTo(new Dictionary<string, BeforeAfter>
        {
            ["offer"] = new(3, 1), ["escalate:staff"] = new(1, 0), ["escalate:care"] = new(0, 2), ["ignore"] = new(0, 1),
        }));
        Assert.That(report.ByRule, Is.EquivalentTo(new Dictionary<string, BeforeAfter> { ["angry"] = new(1, 2), ["rest"] = new(3, 1), ["thanks"] = new(0, 1) }));
        Assert.That(report.EscalationRate, Is.EqualTo(new BeforeAfterShare(0.25, 0.5)));
        Assert.That(report.PriorityChanged, Is.EqualTo(1));
        Assert.That(report.BySkill, Is.EquivalentTo(new Dictionary<string, BeforeAfter> { ["topic:billing"] = new(3, 1) }));
        Assert.That(report.ByHour[Some.Noon.Hour], Is.EqualTo(new BacktestHour(12, 3, 1)));
    }

    [Test]
    public async Task What_changes_is_shown_by_its_newest_examples()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
            ids.Add(await AngryAsync(0.6, $"No. {i} {new string('x', 200)}"));

        var change = (await RunAsync(Draft)).Changes.Single();

        Assert.That((change.From, change.To, change.Mentions), Is.EqualTo(("offer", "escalate:care", 12)));
        Assert.That(change.Examples.Select(e => e.Id), Is.EqualTo(ids.AsEnumerable().Reverse().Take(10)));
        Assert.That(change.Examples[0], Is.EqualTo(new BacktestExample(ids[^1], $"No. 11 {new string('x', 133)}", "rest", "angry")));
    }

    [Test]
    public async Task The_same_rules_change_nothing()
    {
        for (var i = 0; i < 10; i++)
            await AngryAsync(i / 10.0, "A text");

        var report = await RunAsync(Published.Replace("\"action\": \"escalate\"", "\"action\": \"escalate\", \"queue\": \"staff\", \"dueMinutes\": 240", StringComparison.Ordinal));

        Assert.That((report.Mentions, report.Changed, report.PriorityChanged), Is.EqualTo((10, 0, 0)));
        Assert.That(report.Changes, Is.Empty);
        Assert.That(report.ByTarget.Values.Concat(report.ByRule.Values), Is.All.Matches<BeforeAfter>(c => c.Before == c.After));
    }

    [Test]
    public async Task The_same_target_in_another_way_is_a_change()
    {
        await AngryAsync(0.9, "I am so angry!");

        var report = await RunAsync(Published.Replace("\"priority\": 60", "\"priority\": 60, \"dueMinutes\": 15", StringComparison.Ordinal));

        Assert.That(report.Changes.Select(c => (c.From, c.To, c.Mentions)), Is.EqualTo([("escalate:staff", "escalate:staff", 1)]));
    }

    [Test]
    public async Task Only_mentions_received_in_the_period_count()
    {
        await AngryAsync(0.1, "Early");
        var from = driver.Clock.GetUtcNow();
        await AngryAsync(0.1, "First");
        await AngryAsync(0.1, "Last");
        var to = driver.Clock.GetUtcNow();
        await AngryAsync(0.1, "Late");

        Assert.That((await RunAsync(Draft, new BacktestPeriod(from, to))).Mentions, Is.EqualTo(2));
        Assert.That((await RunAsync(Draft, new BacktestPeriod(from))).Mentions, Is.EqualTo(3));
        Assert.That((await RunAsync(Draft, new BacktestPeriod(To: from))).Mentions, Is.EqualTo(1));
        Assert.That((await RunAsync(Draft, new BacktestPeriod(DateTimeOffset.MinValue, DateTimeOffset.MaxValue))).Mentions, Is.EqualTo(4));
    }

    [Test]
    public async Task What_became_of_a_mention_since_does_not_matter_unless_it_is_deleted()
    {
        await driver.EscalatedAsync();
        await driver.OpenAsync();
        await driver.ClaimedAsync(await driver.AdvocateAsync());
        await driver.ReceivedAsync();
        await driver.ApplyAsync(MentionChange.Deleted(await driver.OpenAsync()));

        var report = await RunAsync(Draft);

        Assert.That((report.Mentions, report.LeftOut), Is.EqualTo((3, new BacktestLeftOut(Deleted: 1, Unscored: 1))));
        Assert.That(report.ByTarget["offer"], Is.EqualTo(new BeforeAfter(3, 3)));
    }

    [Test]
    public async Task What_a_conversation_had_been_through_by_then_is_known()
    {
        var (customer, somebody) = (Some.Author(), Some.Author());
        var person = await driver.AdvocateAsync();
        // Asked twice; answered; asked again by the same and by somebody else; elsewhere.
        var first = await SaidAsync("root", customer);
        await SaidAsync("more", customer, "root");
        await AnswerAsync(first, person);
        await SaidAsync("again", customer, "root");
        await SaidAsync("me too", somebody, "root");
        await SaidAsync("new", customer);

        Assert.That(await MatchedAsync("{ \"conversation\": { \"reopened\": true } }"), Is.EqualTo(1), "again");
        Assert.That(await MatchedAsync("{ \"conversation\": { \"turnsAtLeast\": 2 } }"), Is.EqualTo(3), "more, again and me too");
        Assert.That(await MatchedAsync("{ \"conversation\": { \"turnsAtLeast\": 4 } }"), Is.EqualTo(2), "again and me too, the answer counts");
        Assert.That(await MatchedAsync("{ \"not\": { \"conversation\": { \"turnsBelow\": 5 } } }"), Is.EqualTo(1), "me too");
        Assert.That(await MatchedAsync("{ \"any\": [{ \"author\": { \"contactedBefore\": true } }] }"), Is.EqualTo(2), "again and new");
        Assert.That(await MatchedAsync("{ \"author\": { \"contactedBefore\": false } }"), Is.EqualTo(3), "root, more and me too");
    }

    [Test]
    public async Task A_mention_that_was_closed_without_a_reply_counts_from_then()
    {
        var customer = Some.Author();
        var (id, fence) = await driver.ClaimedAsync(await driver.AdvocateAsync(), Some.Post("root", author: customer));
        await SaidAsync("before", customer, "root");
        await driver.ApplyAsync(MentionChange.Answered(id, (await driver.RowAsync(id)).AssigneeId!.Value, fence, new { }));
        driver.Clock.Advance(TimeSpan.FromMinutes(1));
        await SaidAsync("after", customer, "root");
        Assert.That(await MatchedAsync("{ \"conversation\": { \"reopened\": true }, \"author\": { \"contactedBefore\": true } }"), Is.EqualTo(1));
    }

    [Test]
    public async Task Mentions_of_other_brands_do_not_count()
    {
        await AngryAsync(0.1, "A text");
        await driver.Get<BrandStore>().EnsureAsync("other", "Other");

        Assert.That((await driver.Get<BacktestRunner>().RunAsync("other", Rules(Draft), BacktestPeriod.Everything)).Mentions, Is.Zero);
    }

    [Test]
    public async Task More_mentions_than_a_page_are_all_counted()
    {
        for (var i = 0; i < 23; i++)
            await AngryAsync(i % 2, "A text");
        var (past, read, after) = (driver.Get<PastMentions>(), new List<Guid>(), (Guid?)Guid.Empty);
        while (after is { } last)
        {
            var page = await past.PageAsync(CrowdDriver.Brand, last, Guid.AllBitsSet, 5);
            read.AddRange(page.Mentions.Select(m => m.Row.Id));
            after = page.Last;
        }

        Assert.That((read.Count, read.Distinct().Count()), Is.EqualTo((23, 23)));
    }

    [Test]
    public async Task Nobody_qualifies_who_lacks_trust_skill_or_language()
    {
        await driver.AdvocateAsync(trust: 1, isPresent: false, skills: new PersonSkill("topic:billing", 0.5));
        await ScoredAsync("Where is my bill?", (Heads.Topic, "billing", 0.9));
        await ScoredAsync("¿Dónde está mi factura?", (Heads.Language, "es", 0.9), (Heads.Topic, "billing", 0.9));
        await ScoredAsync("My router is broken.", (Heads.Topic, "technical", 0.9));

        var skilled = await RunAsync("""{ "rules": [{ "id": "a", "then": { "action": "offer", "skills": [{ "skill": "topic:*", "atLeast": 0.5 }], "queue": "experts" } }] }""");
        var trusted = await RunAsync("""{ "rules": [{ "id": "a", "then": { "action": "offer", "trust": 2, "language": false } }] }""");

        using var all = Assert.EnterMultipleScope();
        Assert.That(skilled.NoCandidate, Is.EqualTo(new BeforeAfter(1, 2)));
        Assert.That(skilled.LanguagesMissed, Is.EquivalentTo(new Dictionary<string, int> { ["es"] = 1 }));
        Assert.That(skilled.ByQueue, Is.EquivalentTo(new Dictionary<string, BeforeAfter> { ["overflow"] = new(1, 0), ["experts"] = new(0, 2) }));
        Assert.That(trusted.NoCandidate, Is.EqualTo(new BeforeAfter(1, 3)));
        Assert.That(trusted.LanguagesMissed, Is.Empty);
    }

    [Test]
    public async Task The_brand_s_own_posts_are_known()
    {
        var channel = await driver.ChannelAsync();
        await driver.WriteAsync(t => t.ExecuteAsync("UPDATE channels SET account_handle = 'ourbrand' WHERE id = @Id", new { channel.Id }));
        await driver.ClassifiedAsync(Some.Post(author: Some.Author("OurBrand")));
        await driver.ClassifiedAsync();

        var report = await RunAsync("""{ "rules": [{ "id": "own", "when": { "ownPost": true }, "then": { "action": "ignore" } }] }""");

        Assert.That(report.ByTarget["ignore"], Is.EqualTo(new BeforeAfter(0, 1)));
        Assert.That(report.ByRule[BacktestReport.NoRule], Is.EqualTo(new BeforeAfter(0, 1)));
    }

    [Test]
    public async Task Answers_tell_how_long_an_answer_takes()
    {
        var advocate = await driver.AdvocateAsync();
        for (var i = 0; i < 10; i++)
            await AnsweredAsync(advocate, TimeSpan.FromMinutes(6));

        var waiting = (await RunAsync(Draft)).Waiting;

        Assert.That((waiting.AnswerMinutes, waiting.AnswersMeasured), Is.EqualTo((6, 10)));
        Assert.That(waiting.ByTopic["*"].After, Is.EqualTo(WaitingTime.Estimate(10, 3, 6)));
    }

    [Test]
    public async Task A_few_answers_tell_nothing()
    {
        await AnsweredAsync(await driver.AdvocateAsync(), TimeSpan.FromMinutes(6));

        var waiting = (await RunAsync(Draft)).Waiting;

        Assert.That((waiting.AnswerMinutes, waiting.AnswersMeasured), Is.EqualTo((WaitingTime.AssumedAnswerMinutes, 0)));
    }

    private async Task AnsweredAsync(Person advocate, TimeSpan takes)
    {
        var (id, _) = await driver.ClaimedAsync(advocate);
        driver.Clock.Advance(takes);
        await driver.WriteAsync(t => driver.Get<Journal>().AppendAsync(t, new JournalEntry
        {
            At = driver.Clock.GetUtcNow(), BrandId = CrowdDriver.Brand, MentionId = id, ActorId = advocate.Id, Kind = JournalKinds.ReplySubmitted,
        }));
        await driver.WriteAsync(t => t.ExecuteAsync("UPDATE mentions SET status = 'answered' WHERE id = @id", new { id }));
    }

    private Task<Guid> AngryAsync(double anger, string text) => ScoredAsync(text, (Heads.Anger, "anger", anger));

    // Ids of the same millisecond are in no order.
    private async Task<Guid> ScoredAsync(string text, params (string Head, string Label, double Probability)[] heads)
    {
        var id = await driver.ClassifiedAsync(Some.Post(text: text), Some.Score(heads));
        driver.Clock.Advance(TimeSpan.FromSeconds(1));
        return id;
    }

    private Task<BacktestReport> RunAsync(string draft, BacktestPeriod? period = null) =>
        driver.Get<BacktestRunner>().RunAsync(CrowdDriver.Brand, Rules(draft), period ?? BacktestPeriod.Everything);

    private async Task<int> MatchedAsync(string when) =>
        (await RunAsync($$"""{ "rules": [{ "id": "asked", "when": {{when}}, "then": { "action": "ignore" } }] }""")).ByRule["asked"].After;

    private async Task<Guid> SaidAsync(string id, PostAuthor author, string? inReplyTo = null)
    {
        var mention = await driver.ClassifiedAsync(Some.Post(id, inReplyTo, author) with { RootId = inReplyTo });
        driver.Clock.Advance(TimeSpan.FromMinutes(1));
        return mention;
    }

    private async Task AnswerAsync(Guid id, Person person)
    {
        await driver.ApplyAsync(MentionChange.Opened(id, 0, new { }));
        var fence = await driver.ClaimAsync(id, person);
        await driver.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            INSERT INTO replies (id, mention_id, network, person_id, fence, text, network_key, state, created_at, posted_at)
            VALUES ('posted', @id, 'scripted', @person, 1, 'Hello', 'key', 'posted', 0, @now), ('failed', @id, 'scripted', @person, 1, 'Hello', 'key', 'failed', 0, NULL)
            """,
            new { id, person = person.Id, now = driver.Clock.GetUtcNow() }));
        await driver.ApplyAsync(MentionChange.Answered(id, person.Id, fence, new { }));
        driver.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private static RuleSet Rules(string document) => RuleSetCheck.Read(document).RuleSet!;
}
