using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Mentions;

[EachEngine]
public sealed class MentionStoreTests(string engine)
{
    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_stored_post_comes_back_as_it_was()
    {
        var post = Some.Post(text: "Größe 😀 \"quoted\" 'single' \\ % _ 日本") with
        {
            Author = new PostAuthor("did:1", "anna", "Anna Ö.", 1234, IsVerified: true, IsBot: false),
            ContentId = "cid", Url = "https://scripted.example/1", Languages = ["de", "en-GB"], RootId = "root", RootContentId = "root-cid",
            BrandHandle = "brand", Relation = PostRelation.Quote, IsRepost = true, InReplyTo = "parent", CreatedAt = Some.Noon.AddMinutes(-3).AddMilliseconds(17),
        };
        var row = await crowd.RowAsync(await crowd.ReceivedAsync(post));
        Assert.That(
            (row.Text, row.AuthorId, row.AuthorHandle, row.AuthorName, row.AuthorFollowers, row.AuthorVerified, row.AuthorBot),
            Is.EqualTo((post.Text, "did:1", "anna", "Anna Ö.", (int?)1234, (bool?)true, (bool?)false)));
        Assert.That(
            (row.ContentId, row.Url, row.Languages, row.RootId, row.RootContentId, row.BrandHandle),
            Is.EqualTo(("cid", "https://scripted.example/1", "de,en-GB", "root", "root-cid", "brand")));
        Assert.That((row.Relation, row.IsRepost, row.InReplyTo, row.CreatedAt), Is.EqualTo((PostRelation.Quote, true, "parent", post.CreatedAt)));
        Assert.That((row.Status, row.Priority, row.Fence), Is.EqualTo((MentionStatus.Received, 0, 0L)));
    }

    [Test]
    public async Task A_post_that_comes_twice_in_a_batch_is_stored_once()
    {
        var stored = await crowd.StoreAsync(Some.Post("a"), Some.Post("b"), Some.Post("a"));
        Assert.That(stored, Has.Count.EqualTo(2));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM mentions"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_post_that_comes_again_later_changes_nothing()
    {
        var id = await crowd.OpenAsync(Some.Post("a", text: "first"));
        Assert.That(await crowd.StoreAsync(Some.Post("a", text: "second")), Is.Empty);
        var row = await crowd.RowAsync(id);
        Assert.That((row.Text, row.Status), Is.EqualTo(("first", MentionStatus.Open)));
        Assert.That((await crowd.KindsAsync(id)).Count(k => k == JournalKinds.Received), Is.EqualTo(1));
    }

    [Test]
    public async Task The_same_id_on_another_network_is_another_post()
    {
        var stored = await crowd.StoreAsync(Some.Post("a"), Some.Post("a") with { Network = "other" });
        Assert.That(stored, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Ids_come_back_in_the_order_of_the_posts()
    {
        var posts = Enumerable.Range(0, 100).Select(i => Some.Post($"p{i}")).ToArray();
        var stored = await crowd.StoreAsync(posts);
        var byId = (await crowd.QueryAsync<MentionRow>("SELECT * FROM mentions")).ToDictionary(m => m.Id, m => m.ExternalId);
        Assert.That(stored.Select(id => byId[id]), Is.EqualTo(posts.Select(p => p.ExternalId)));
    }

    [Test]
    public async Task A_post_from_the_future_is_dated_now()
    {
        var row = await crowd.RowAsync(await crowd.ReceivedAsync(Some.Post() with { CreatedAt = crowd.Clock.GetUtcNow().AddYears(1) }));
        Assert.That(row.CreatedAt, Is.EqualTo(crowd.Clock.GetUtcNow()));
    }

    [Test]
    public async Task A_reply_joins_the_conversation_of_a_stored_parent()
    {
        var parent = await crowd.ReceivedAsync(Some.Post("parent"));
        var reply = await crowd.ReceivedAsync(Some.Post(inReplyTo: "parent"));
        Assert.That(await ConversationAsync(reply), Is.EqualTo(await ConversationAsync(parent)));
    }

    [Test]
    public async Task A_reply_joins_a_parent_of_the_same_batch()
    {
        var stored = await crowd.StoreAsync(Some.Post("parent"), Some.Post("child", "parent"), Some.Post("grandchild", "child"));
        Assert.That(await ConversationsAsync(stored), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_reply_that_stands_before_its_parent_in_the_batch_joins_it()
    {
        var stored = await crowd.StoreAsync(Some.Post("child", "parent"), Some.Post("parent"));
        Assert.That(await ConversationsAsync(stored), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_reply_that_comes_before_its_parent_is_joined_by_it()
    {
        var reply = await crowd.ReceivedAsync(Some.Post("child", "parent"));
        var parent = await crowd.ReceivedAsync(Some.Post("parent"));
        Assert.That(await ConversationAsync(parent), Is.EqualTo(await ConversationAsync(reply)));
    }

    [Test]
    public async Task Replies_to_a_post_that_is_no_mention_are_one_conversation()
    {
        var stored = await crowd.StoreAsync(Some.Post(inReplyTo: "unseen"), Some.Post(inReplyTo: "unseen"));
        Assert.That(await ConversationsAsync(stored), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Posts_that_name_the_same_root_are_one_conversation()
    {
        var stored = await crowd.StoreAsync(
            Some.Post("root"), Some.Post(inReplyTo: "unseen-1") with { RootId = "root" }, Some.Post(inReplyTo: "unseen-2") with { RootId = "root" });
        Assert.That(await ConversationsAsync(stored), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Posts_without_a_thread_are_conversations_of_their_own()
    {
        var stored = await crowd.StoreAsync(Some.Post(), Some.Post());
        Assert.That(await ConversationsAsync(stored), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_same_thread_id_on_another_network_is_another_conversation()
    {
        var stored = await crowd.StoreAsync(Some.Post(inReplyTo: "thread"), Some.Post(inReplyTo: "thread") with { Network = "other" });
        Assert.That(await ConversationsAsync(stored), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_reply_to_our_own_posted_reply_joins_its_conversation()
    {
        var advocate = await crowd.AdvocateAsync();
        var (mention, _) = await AnsweredAsync(advocate);
        var followUp = await crowd.ReceivedAsync(Some.Post(inReplyTo: "our-reply"));
        Assert.That(await ConversationAsync(followUp), Is.EqualTo(await ConversationAsync(mention)));
    }

    [Test]
    public async Task A_follow_up_of_the_customer_reopens_the_answered_mention()
    {
        var advocate = await crowd.AdvocateAsync();
        var (mention, author) = await AnsweredAsync(advocate);
        var followUp = await crowd.ReceivedAsync(Some.Post(inReplyTo: "our-reply", author: author));
        var entry = (await crowd.Get<Journal>().OfMentionAsync(mention))[^1];
        Assert.That(entry.Kind, Is.EqualTo(JournalKinds.Reopened));
        Assert.That(entry.Data, Does.Contain(followUp.ToString()));
    }

    [Test]
    public async Task A_strangers_post_in_the_conversation_reopens_nothing()
    {
        var advocate = await crowd.AdvocateAsync();
        var (mention, _) = await AnsweredAsync(advocate);
        await crowd.ReceivedAsync(Some.Post(inReplyTo: "our-reply"));
        Assert.That(await crowd.KindsAsync(mention), Has.None.EqualTo(JournalKinds.Reopened));
    }

    [Test]
    public async Task A_follow_up_before_any_answer_reopens_nothing()
    {
        var author = Some.Author();
        var mention = await crowd.OpenAsync(Some.Post("first", author: author));
        await crowd.ReceivedAsync(Some.Post(inReplyTo: "first", author: author));
        Assert.That(await crowd.KindsAsync(mention), Has.None.EqualTo(JournalKinds.Reopened));
    }

    [Test]
    public async Task A_deleted_post_that_comes_again_stays_deleted()
    {
        var id = await crowd.ReceivedAsync(Some.Post("a"));
        await crowd.ApplyAsync(MentionChange.Deleted(id));
        Assert.That(await crowd.StoreAsync(Some.Post("a")), Is.Empty);
        Assert.That((await crowd.RowAsync(id)).Text, Is.Empty);
    }

    [Test]
    public async Task A_lost_wake_up_is_found_after_a_while()
    {
        var id = await crowd.ReceivedAsync();
        var store = crowd.Get<MentionStore>();
        Assert.That(await store.StuckAsync(MentionStatus.Received, crowd.Clock.GetUtcNow(), 10, default), Is.Empty);
        Assert.That(await store.StuckAsync(MentionStatus.Received, crowd.Clock.GetUtcNow().AddSeconds(1), 10, default), Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task Large_batches_are_stored_whole()
    {
        var stored = await crowd.StoreAsync([.. Enumerable.Range(0, 5_000).Select(_ => Some.Post())]);
        Assert.That(stored.Distinct().ToList(), Has.Count.EqualTo(5_000));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM journal WHERE kind = @kind", new { kind = JournalKinds.Received }), Is.EqualTo(5_000));
    }

    private async Task<Guid> ConversationAsync(Guid mention) => (await crowd.RowAsync(mention)).ConversationId;

    private async Task<HashSet<Guid>> ConversationsAsync(IEnumerable<Guid> mentions)
    {
        var found = new HashSet<Guid>();
        foreach (var mention in mentions)
            found.Add(await ConversationAsync(mention));
        return found;
    }

    private async Task<(Guid Mention, PostAuthor Author)> AnsweredAsync(Crowd4Care.Community.Person advocate)
    {
        var author = Some.Author();
        var (id, fence) = await crowd.ClaimedAsync(advocate, Some.Post(author: author));
        var reply = new Reply
        {
            Id = Some.Id(), MentionId = id, Network = ScriptedNetwork.NetworkName, PersonId = advocate.Id, Fence = fence, Text = "Restart it.",
            NetworkKey = "key", State = ReplyState.Sending, CreatedAt = crowd.Clock.GetUtcNow(),
        };
        await crowd.WriteAsync(async transaction =>
        {
            await crowd.Get<ReplyStore>().AddAsync(transaction, reply, null);
            await crowd.Get<ReplyStore>().PostedAsync(transaction, reply.Id, "our-reply", null, null);
        });
        await crowd.ApplyAsync(MentionChange.Answered(id, advocate.Id, fence, new { }));
        return (id, author);
    }
}
