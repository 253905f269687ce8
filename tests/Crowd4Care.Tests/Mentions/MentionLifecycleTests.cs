using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;
using static Crowd4Care.Contracts.MentionStatus;

namespace Crowd4Care.Tests.Mentions;

[EachEngine]
public sealed class MentionLifecycleTests(string engine)
{
    private static readonly Guid Actor = Some.Id();
    private static readonly DateTimeOffset Later = Some.Noon.AddHours(1);

    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    public static IEnumerable<TestCaseData> Steps()
    {
        yield return Step("Classified", id => MentionChange.Classified(id, Some.Score()), Classified, Received);
        yield return Step("Opened", id => MentionChange.Opened(id, 0, new { }), Open, Classified);
        yield return Step("Ignored", id => MentionChange.Ignored(id, new { }), Ignored, Classified);
        yield return Step("Escalated", id => MentionChange.Escalated(id, "staff", 0, Later, new { }), Escalated, Classified, Open);
        yield return Step("EscalatedBy", id => MentionChange.EscalatedBy(id, Actor, null, "staff", Later, "why"), Escalated, Open, Claimed);
        yield return Step("ClaimedBy from the crowd", id => MentionChange.ClaimedBy(id, Actor, Open, Later), Claimed, Open);
        yield return Step("ClaimedBy from a queue", id => MentionChange.ClaimedBy(id, Actor, Escalated, Later), Claimed, Escalated);
        yield return Step("ClaimExtended", id => MentionChange.ClaimExtended(id, Actor, 0, Later), Claimed, Claimed);
        yield return Step("QuestionAsked", id => MentionChange.QuestionAsked(id, Actor, 0, Later, new { }), Claimed, Claimed);
        yield return Step("QuestionAnswered", id => MentionChange.QuestionAnswered(id, Actor, 0, Claimed, Later, new { }), Claimed, Claimed);
        yield return Step("QuestionAnswered while a reply waits", id => MentionChange.QuestionAnswered(id, Actor, 0, Approval, null, new { }), Approval, Approval);
        yield return Step("Released", id => MentionChange.Released(id, Actor, 0, Open), Open, Claimed);
        yield return Step("ClaimExpired", id => MentionChange.ClaimExpired(id, Actor, 0, Escalated), Escalated, Claimed);
        yield return Step("ClaimWithdrawn", id => MentionChange.ClaimWithdrawn(id, Actor, null, 0, Open), Open, Claimed);
        yield return Step("HandedBack", id => MentionChange.HandedBack(id, Actor, "advice"), Open, Escalated, Claimed);
        yield return Step("ReplySubmitted", id => MentionChange.ReplySubmitted(id, Actor, 0, Some.Id()), Claimed, Claimed);
        yield return Step("ReplyAwaitsApproval", id => MentionChange.ReplyAwaitsApproval(id, Actor, 0, new { }), Approval, Claimed);
        yield return Step("ReplyApproved", id => MentionChange.ReplyApproved(id, Actor, 0, new { }), Claimed, Approval);
        yield return Step("ReplyRejected", id => MentionChange.ReplyRejected(id, Actor, 0, Later, new { }), Claimed, Approval);
        yield return Step("ReplyUndone", id => MentionChange.ReplyUndone(id, Actor, 0, Later, Some.Id()), Claimed, Claimed, Approval);
        yield return Step("Answered", id => MentionChange.Answered(id, Actor, 0, new { }), Answered, Claimed);
        yield return Step("ReplyFailed", id => MentionChange.ReplyFailed(id, Actor, 0, Later, new { }), Claimed, Claimed);
        yield return Step("Merged", id => MentionChange.Merged(id, Actor, 0, Escalated, Some.Id()), Resolved, Escalated);
        yield return Step("Unmerged", id => MentionChange.Unmerged(id, Actor, Open, null, Some.Id()), Open, Resolved);
        yield return Step("ResolvedBy", id => MentionChange.ResolvedBy(id, Actor, null, Answered), Resolved, Answered);
        yield return Step(
            "Deleted", MentionChange.Deleted, Deleted, Received, Classified, Open, Claimed, Escalated, Approval, Answered, Resolved, Ignored);
    }

    [TestCaseSource(nameof(Steps))]
    public async Task A_step_is_possible_from_its_states_and_from_no_others(Func<Guid, MentionChange> step, MentionStatus to, MentionStatus[] from)
    {
        foreach (var status in Enum.GetValues<MentionStatus>())
        {
            var id = await InStateAsync(status);
            var changed = await crowd.ApplyAsync(step(id));
            Assert.That(changed is not null, Is.EqualTo(from.Contains(status)), $"from {status}");
            Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(from.Contains(status) ? to : status), $"from {status}");
        }
    }

    [TestCaseSource(nameof(Steps))]
    public async Task A_step_writes_its_journal_entry_and_a_refused_one_writes_none(Func<Guid, MentionChange> step, MentionStatus to, MentionStatus[] from)
    {
        var possible = await InStateAsync(from[0]);
        var refused = await InStateAsync(Enum.GetValues<MentionStatus>().First(s => !from.Contains(s)));
        await crowd.ApplyAsync(step(possible));
        await crowd.ApplyAsync(step(refused));
        Assert.That(await crowd.KindsAsync(possible), Is.EqualTo(new[] { JournalKinds.Received, step(possible).Kind }));
        Assert.That(await crowd.KindsAsync(refused), Is.EqualTo(new[] { JournalKinds.Received }));
        Assert.That(to, Is.EqualTo((await crowd.RowAsync(possible)).Status));
    }

    [Test]
    public async Task Every_step_that_exists_is_tested_here()
    {
        var factories = typeof(MentionChange).GetMethods().Where(m => m.IsStatic && m.ReturnType == typeof(MentionChange)).Select(m => m.Name).Distinct();
        var tested = Steps().Select(s => s.TestName!.Split(' ')[0]);
        Assert.That(factories.Except(tested), Is.Empty);
        await Task.CompletedTask;
    }

    [Test]
    public async Task Each_claim_gives_a_higher_fencing_number()
    {
        var id = await crowd.OpenAsync();
        var first = await crowd.ApplyAsync(MentionChange.ClaimedBy(id, Actor, Open, Later));
        await crowd.ApplyAsync(MentionChange.Released(id, Actor, first!.Fence, Open));
        var second = await crowd.ApplyAsync(MentionChange.ClaimedBy(id, Actor, Open, Later));
        Assert.That(second!.Fence, Is.GreaterThan(first.Fence));
    }

    [Test]
    public async Task A_claim_that_is_extended_keeps_its_number_and_the_next_one_counts_anew()
    {
        var id = await crowd.OpenAsync();
        var first = await crowd.ApplyAsync(MentionChange.ClaimedBy(id, Actor, Open, Later, new ClaimTerms { Minutes = 30, Places = 2 }));
        var extended = await crowd.ApplyAsync(MentionChange.ClaimExtended(id, Actor, first!.Fence, Later.AddHours(1)));
        var row = await crowd.RowAsync(id);
        Assert.That((extended!.Fence, row.ClaimExpiresAt, row.ClaimExtensions, row.Terms), Is.EqualTo((first.Fence, (DateTimeOffset?)Later.AddHours(1), 1, new ClaimTerms { Minutes = 30, Places = 2 })));

        await crowd.ApplyAsync(MentionChange.Released(id, Actor, first.Fence, Open));
        await crowd.ApplyAsync(MentionChange.ClaimedBy(id, Actor, Open, Later));
        row = await crowd.RowAsync(id);
        Assert.That((row.ClaimExtensions, row.ClaimMinutes), Is.EqualTo((0, (double?)null)));
    }

    [Test]
    public async Task A_step_with_an_old_fencing_number_is_refused()
    {
        var id = await crowd.OpenAsync();
        var first = await crowd.ApplyAsync(MentionChange.ClaimedBy(id, Actor, Open, Later));
        await crowd.ApplyAsync(MentionChange.Released(id, Actor, first!.Fence, Open));
        await crowd.ApplyAsync(MentionChange.ClaimedBy(id, Some.Id(), Open, Later));
        Assert.That(await crowd.ApplyAsync(MentionChange.Answered(id, Actor, first.Fence, new { })), Is.Null);
        Assert.That(await crowd.ApplyAsync(MentionChange.Released(id, Actor, first.Fence, Open)), Is.Null);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(Claimed));
    }

    [Test]
    public async Task Each_change_raises_the_version()
    {
        var id = await crowd.ReceivedAsync();
        var before = (await crowd.RowAsync(id)).Version;
        var changed = await crowd.ApplyAsync(MentionChange.Classified(id, Some.Score()));
        Assert.That(changed!.Version, Is.GreaterThan(before));
        Assert.That((await crowd.RowAsync(id)).Version, Is.EqualTo(changed.Version));
    }

    [Test]
    public async Task A_change_notes_since_when_the_state_holds()
    {
        var id = await crowd.ReceivedAsync();
        crowd.Clock.Advance(TimeSpan.FromMinutes(7));
        await crowd.ApplyAsync(MentionChange.Classified(id, Some.Score()));
        Assert.That((await crowd.RowAsync(id)).StatusAt, Is.EqualTo(crowd.Clock.GetUtcNow()));
    }

    [Test]
    public async Task A_transaction_that_fails_leaves_neither_the_change_nor_its_entry()
    {
        var id = await crowd.ReceivedAsync();
        Assert.That(
            async () => await crowd.WriteAsync(async transaction =>
            {
                await crowd.Get<MentionLifecycle>().ApplyAsync(transaction, MentionChange.Classified(id, Some.Score()));
                throw new InvalidOperationException("The power fails.");
            }),
            Throws.InvalidOperationException);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(Received));
        Assert.That(await crowd.KindsAsync(id), Is.EqualTo(new[] { JournalKinds.Received }));
    }

    [Test]
    public async Task A_batch_changes_those_whose_expectations_hold_and_says_which()
    {
        var received = await crowd.ReceivedAsync();
        var open = await crowd.OpenAsync();
        var changed = await crowd.Database.WriteAsync(transaction => crowd.Get<MentionLifecycle>().ApplyAsync(
            transaction, [MentionChange.Classified(received, Some.Score()), MentionChange.Classified(open, Some.Score()), MentionChange.Classified(Some.Id(), Some.Score())]));
        Assert.That(changed.Keys, Is.EqualTo(new[] { received }));
    }

    [Test]
    public async Task Of_two_who_claim_the_first_wins()
    {
        var id = await crowd.OpenAsync();
        var (first, second) = (Some.Id(), Some.Id());
        Assert.That(await crowd.ApplyAsync(MentionChange.ClaimedBy(id, first, Open, Later)), Is.Not.Null);
        Assert.That(await crowd.ApplyAsync(MentionChange.ClaimedBy(id, second, Open, Later)), Is.Null);
        Assert.That((await crowd.RowAsync(id)).AssigneeId, Is.EqualTo(first));
    }

    [Test]
    public async Task A_claim_marks_the_claimers_own_offer_as_claimed()
    {
        var advocate = await crowd.AdvocateAsync();
        var id = await crowd.OpenAsync();
        await crowd.OfferAsync(id, advocate);
        await crowd.ApplyAsync(MentionChange.ClaimedBy(id, advocate.Id, Open, Later));
        Assert.That(await OfferStateAsync(id), Is.EqualTo("claimed"));
    }

    [Test]
    public async Task A_claim_by_somebody_else_takes_the_offers_and_says_whose()
    {
        var (ana, ben) = (await crowd.AdvocateAsync(), await crowd.AdvocateAsync());
        var id = await crowd.OpenAsync();
        await crowd.OfferAsync(id, ana);
        await crowd.OfferAsync(id, ben);
        var changed = await crowd.ApplyAsync(MentionChange.ClaimedBy(id, ben.Id, Open, Later));
        Assert.That(changed!.WereOffered, Is.EquivalentTo(new[] { ana.Id, ben.Id }));
        var states = (await crowd.QueryAsync<(Guid, string)>("SELECT person_id, state FROM offers")).ToDictionary(o => o.Item1, o => o.Item2);
        Assert.That((states[ana.Id], states[ben.Id]), Is.EqualTo(("taken", "claimed")));
        var taken = (await crowd.JournalAsync()).Where(e => e.Kind == JournalKinds.OfferTaken).ToList();
        Assert.That(taken.Single().Data, Does.Contain($"{ana.Id}"));
    }

    [Test]
    public async Task A_claim_by_staff_takes_the_advocates_offer()
    {
        var advocate = await crowd.AdvocateAsync();
        var id = await crowd.OpenAsync();
        await crowd.OfferAsync(id, advocate);
        await crowd.ApplyAsync(MentionChange.ClaimedBy(id, Some.Id(), Open, Later));
        Assert.That(await OfferStateAsync(id), Is.EqualTo("taken"));
    }

    [TestCase(nameof(Escalated))]
    [TestCase(nameof(Resolved))]
    [TestCase(nameof(Deleted))]
    [TestCase(nameof(Claimed))]
    public async Task A_mention_that_leaves_the_crowd_is_offered_no_more_and_waits_no_more(string how)
    {
        var advocate = await crowd.AdvocateAsync();
        var id = await crowd.OpenAsync();
        await crowd.OfferAsync(id, advocate);
        await crowd.WriteAsync(transaction => crowd.Get<OfferStore>().WaitAsync(transaction, [new WaitingMention(id, Some.Noon, Later).ToRow()]));
        await crowd.ApplyAsync(how switch
        {
            nameof(Escalated) => MentionChange.Escalated(id, "staff", 0, Later, new { }),
            nameof(Resolved) => MentionChange.ResolvedBy(id, Actor, null, Open),
            nameof(Deleted) => MentionChange.Deleted(id),
            _ => MentionChange.ClaimedBy(id, Actor, Open, Later),
        });
        Assert.That(await OfferStateAsync(id), Is.EqualTo(how == nameof(Claimed) ? "taken" : "withdrawn"));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM waiting"), Is.Zero);
    }

    [Test]
    public async Task A_deleted_post_leaves_no_word_of_its_author()
    {
        var id = await crowd.ClassifiedAsync(Some.Post(text: "my secret story", author: Some.Author("revealing")) with { Url = "https://scripted.example/1", Languages = ["en"] });
        await crowd.ApplyAsync(MentionChange.Deleted(id));
        var row = await crowd.RowAsync(id);
        Assert.That(row, Has.Property(nameof(row.Text)).Empty.And.Property(nameof(row.AuthorId)).Empty.And.Property(nameof(row.AuthorHandle)).Empty
            .And.Property(nameof(row.AuthorName)).Null.And.Property(nameof(row.Url)).Null.And.Property(nameof(row.Languages)).Null);
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM scores"), Is.Zero, "scores tell which words caused them");
    }

    [Test]
    public async Task An_escalation_carries_queue_priority_and_due_time()
    {
        var id = await crowd.ClassifiedAsync();
        await crowd.ApplyAsync(MentionChange.Escalated(id, "technical", 60, Later, new { }));
        var row = await crowd.RowAsync(id);
        Assert.That((row.Queue, row.Priority, row.DueAt), Is.EqualTo(("technical", 60, (DateTimeOffset?)Later)));
    }

    [Test]
    public async Task Handing_back_takes_queue_due_time_and_holder_away()
    {
        var id = await crowd.EscalatedAsync();
        await crowd.ApplyAsync(MentionChange.ClaimedBy(id, Actor, Escalated, Later));
        await crowd.ApplyAsync(MentionChange.HandedBack(id, Actor, "try the manual"));
        var row = await crowd.RowAsync(id);
        Assert.That((row.Queue, row.DueAt, row.AssigneeId, row.ClaimExpiresAt), Is.EqualTo(((string?)null, (DateTimeOffset?)null, (Guid?)null, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task An_answered_mention_remembers_who_answered()
    {
        var id = await crowd.OpenAsync();
        var claim = await crowd.ApplyAsync(MentionChange.ClaimedBy(id, Actor, Open, Later));
        await crowd.ApplyAsync(MentionChange.Answered(id, Actor, claim!.Fence, new { }));
        var row = await crowd.RowAsync(id);
        Assert.That((row.AssigneeId, row.ClaimExpiresAt), Is.EqualTo(((Guid?)Actor, (DateTimeOffset?)null)));
    }

    private static TestCaseData Step(string name, Func<Guid, MentionChange> step, MentionStatus to, params MentionStatus[] from) =>
        new TestCaseData(step, to, from).SetName(name);

    // Any state, without the way there.
    private async Task<Guid> InStateAsync(MentionStatus status)
    {
        var id = await crowd.ReceivedAsync();
        await crowd.WriteAsync(transaction => transaction.ExecuteAsync("UPDATE mentions SET status = @status WHERE id = @id", new { id, status = status.ToText() }));
        return id;
    }

    private Task<string?> OfferStateAsync(Guid mentionId) => crowd.ScalarAsync<string>("SELECT state FROM offers WHERE mention_id = @mentionId", new { mentionId });
}
