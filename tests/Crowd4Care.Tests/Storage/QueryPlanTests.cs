using System.Data.Common;
using System.Runtime.CompilerServices;
using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Engagement.Approvals;
using Crowd4Care.Engagement.Questions;
using Crowd4Care.Engagement.Writing;
using Crowd4Care.Escalation;
using Crowd4Care.Escalation.Duplicates;
using Crowd4Care.Mentions;
using Crowd4Care.Networks;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Backtest;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Storage.Volume;
using Crowd4Care.Tests.Support;
using static Crowd4Care.Tests.Storage.Volume.VolumeDriver;

namespace Crowd4Care.Tests.Storage;

/// <summary>
/// At a million mentions no query of the desk, the API or a sweep reads a large table from one end to the other, and none touches more rows
/// than are said here. Twenty thousand mentions are open, and half of them are offered.
/// </summary>
[EachEngine]
public sealed class QueryPlanTests(string engine)
{
    private const string Brand = "default";

    // What a page of the desk may touch in one step of a plan, sorting and hashing included.
    private const int Page = 5_000;

    // What may choose to read the skills or the waiting list as a whole: small tables.
    private const int Everybody = 12_000;

    // What counts all open mentions, at most every few seconds.
    private const int AllOpen = 30_000;

    // What looks through the newest mentions that have a word, several steps for each.
    private const int Searched = 10 * SearchQueries.Window;

    // What adds up the points of a month, at most once a minute.
    private const int Month = 50_000;

    private static readonly RuleSet AskingAll = RuleSetCheck.Read(
        """{"rules":[{"id":"again","when":{"conversation":{"reopened":true},"author":{"contactedBefore":true}},"then":{"action":"escalate"}}]}""").RuleSet!;

    private VolumeDriver driver = null!;

    [OneTimeSetUp]
    public async Task FillAsync() => driver = await StartAsync(engine);

    [OneTimeTearDown]
    public async Task EmptyAsync()
    {
        if (driver is not null)
            await driver.DisposeAsync();
    }

    [TestCaseSource(nameof(Queries))]
    public async Task A_million_mentions_cost_no_more_than_a_few(Query query)
    {
        var executed = await driver.RunAsync(query.Run);

        Assert.That(executed, Is.Not.Empty, "nothing was recorded");
        using var all = Assert.EnterMultipleScope();
        foreach (var one in executed.Where(e => e.Scanned.Count > 0 || e.Rows > query.Most).DistinctBy(e => e.Rows).Take(3))
            Assert.Fail($"{query} reads {string.Join(", ", one.Scanned.DefaultIfEmpty("no table"))} as a whole and touches {one.Rows} rows, {query.Most} at most:\n{one.Plan}");
    }

    private static IEnumerable<Query> Queries()
    {
        yield return Feed(f => f.OffersAsync(PersonId(2)));
        yield return Feed(f => f.ClaimedAsync(PersonId(2)));
        yield return Feed(f => f.OpenAsync(Brand, PersonId(3), new FeedFilter()));
        yield return Feed(f => f.OpenAsync(Brand, PersonId(11), new FeedFilter(Limit: 21, Offset: 400)));
        yield return Feed(f => f.OpenAsync(Brand, Guid.Empty, new FeedFilter()));
        yield return Feed(f => f.OpenAsync(Brand, PersonId(3), new FeedFilter(Language: "is")));
        yield return Feed(f => f.OpenAsync(Brand, PersonId(3), new FeedFilter(Topic: "privacy")));
        yield return Feed(f => f.OpenAsync(Brand, PersonId(3), new FeedFilter("fr", "privacy", "mastodon")));
        yield return new("OpenFacetsAsync", d => Later(d).Get<FeedQueries>().OpenFacetsAsync(Brand), AllOpen);
        yield return Feed(f => f.HistoryAsync(PersonId(1), 21));
        yield return Feed(f => f.HistoryAsync(PersonId(10), 21, 20));
        yield return Feed(f => f.FindAsync(MentionId(500_000)));
        yield return Feed(f => f.FindAsync(MentionId(999_900), PersonId(2)));
        yield return Of<DraftStore>(d => d.FindAsync(MentionId(500_000), PersonId(2)));
        yield return Feed(f => f.PageAsync(null, null, null, 500));
        yield return Feed(f => f.PageAsync(Brand, null, MentionId(500_000), 100));
        yield return Feed(f => f.PageAsync("small", null, null, 100));
        foreach (var status in Enum.GetValues<MentionStatus>())
            yield return Feed(f => f.PageAsync(Brand, status.ToText(), MentionId(3_000), 100), name: $"PageAsync of {status}");
        foreach (var (name, filter) in new (string, SearchFilter)[]
        {
            ("a word of all", new("router")), ("a word of one", new("router number 500000")), ("a word of none", new("zebra")), ("a beginning", new("con")),
            ("a word of all and what is rare", new("router", Topic: "privacy", Status: MentionStatus.Claimed, Network: "mastodon")), ("an author", new(Author: "customer-77")),
            ("a person", new(PersonId: PersonId(10))), ("a status", new(Status: MentionStatus.Resolved)), ("a topic", new(Topic: "privacy", Network: "scripted")),
        })
        {
            yield return new($"search for {name}", d => d.Get<SearchQueries>().FindAsync(new SearchRequest(Brand, filter, null)), Searched);
            yield return new($"an advocate's search for {name}", d => d.Get<SearchQueries>().FindAsync(new SearchRequest(Brand, filter, PersonId(11))), Searched);
            yield return new($"search further back for {name}", d => d.Get<SearchQueries>().FindAsync(new SearchRequest(Brand, filter, null, MentionId(300_000))), Searched);
        }

        yield return Of<QueueQueries>(q => q.ListAsync(Brand, null, 100));
        yield return Of<QueueQueries>(q => q.ListAsync(Brand, "press", 100));
        yield return Of<QueueQueries>(q => q.CountsAsync(Brand));
        yield return Of<NoteStore>(n => n.OfMentionAsync(MentionId(3)));
        yield return Of<NoteStore>(n => n.NamingAsync(PersonId(2), 50));
        yield return Of<NoteStore>(n => n.UnseenAsync(PersonId(2)));
        yield return Of<NoteStore>(n => n.SeeAsync(PersonId(2), MentionId(3)));
        yield return Of<NoteStore>(n => n.ColleaguesAsync(Brand, "person-77", 8));
        yield return new("DuplicateQueries.OfMentionAsync", async d =>
            await d.Get<DuplicateQueries>().OfMentionAsync((await d.Get<MentionStore>().FindAsync(MentionId(500_000)))!), Page);
        yield return Of<ConversationQueries>(c => c.TurnsAsync(ConversationId(10)));
        yield return Of<ConversationQueries>(c => c.TogetherAsync([MentionId(10), MentionId(500_000)]));
        yield return Of<ConversationQueries>(c => c.RepliesAsync(MentionId(10)));
        yield return Of<SimilarAnswers>(a => a.FindAsync(Brand, MentionId(10), "My router drops the connection", "en", "outage"));
        yield return Of<SimilarAnswers>(a => a.FindReplyAsync(Brand, MentionId(10)));
        yield return Of<TemplateStore>(t => t.ListAsync(Brand));
        yield return Of<KnowledgeStore>(k => k.ListAsync(Brand));
        yield return Of<ApprovalQueries>(a => a.ListAsync(Brand, 50));
        yield return Of<ApprovalQueries>(a => a.CountAsync(Brand));
        yield return Of<ApprovalQueries>(a => a.FactsAsync(MentionId(10), PersonId(10)));
        yield return Of<QuestionQueries>(q => q.WaitingAsync(Brand, 50));
        yield return Of<QuestionQueries>(q => q.CountAsync(Brand));
        yield return Of<QuestionQueries>(q => q.OfMentionAsync(MentionId(10)));
        yield return Of<NoticeQueries>(n => n.OffersAsync(PersonId(2), Some.Noon));
        yield return Of<NoticeQueries>(n => n.OfStaffAsync(Brand, [NoticeKind.Escalation, NoticeKind.Question, NoticeKind.Approval], Some.Noon.AddMinutes(-5)));
        yield return Of<BacklogQueries>(b => b.OfBrandAsync(Brand), AllOpen);
        yield return Of<Journal>(j => j.OfMentionAsync(MentionId(500_000)));
        foreach (var (name, filter) in new (string, JournalFilter)[]
        {
            ("everything", new()), ("a kind", new(Kind: JournalKinds.Merged)), ("a setting", new(Kind: JournalKinds.RulesPublished)), ("a person", new(ActorId: PersonId(10))),
            ("a mention", new(MentionId: MentionId(500_000))), ("a day", new(From: Some.Noon.AddDays(-2), To: Some.Noon.AddDays(-1))),
        })
            yield return new($"the journal for {name}", d => d.Get<JournalQueries>().FindAsync(Brand, filter), Searched);
        yield return Of<PeopleStore>(p => p.FindAsync(Brand, [PersonId(3), PersonId(77)]));
        yield return Of<Invitations>(i => i.ListAsync(Brand));
        yield return Of<RoutingStore>(r => r.DecisionsAsync(MentionId(500_000)));
        yield return Of<RoutingStore>(r => r.LastDecisionsAsync(Hundred(500_000)));
        yield return Of<ScoreStore>(s => s.OfAsync(Hundred(500_000)));
        yield return Of<CorrectionStore>(c => c.OfMentionAsync(MentionId(500_000)));
        yield return Of<CorrectionStore>(c => c.PageAsync(Brand, null, 1000));
        yield return Of<CorrectionStore>(c => c.PageAsync(Brand, CorrectionId(500_000), 100));
        yield return Of<LiveAccuracy>(a => a.OfAsync(Brand), AllOpen);
        yield return Of<LabellingQueries>(l => l.NextAsync(Brand, 10));
        yield return Of<LabellingQueries>(l => l.NextAsync("small", 10));
        yield return Of<DriftMonitor>(d => d.LookAsync());
        yield return Of<ModelStore>(m => m.LiveAsync());
        yield return Of<TrainingDesk>(t => t.ReadinessAsync());
        yield return Of<RuleSetStore>(r => r.PublishedAsync(Brand));
        yield return Of<PastMentions>(p => p.PageAsync(Brand, Guid.Empty, Guid.AllBitsSet, 500));
        yield return Of<PastMentions>(p => p.PageAsync(Brand, MentionId(500_000), MentionId(900_000), 500));
        yield return Of<PastMentions>(p => p.PageAsync("small", Guid.Empty, Guid.AllBitsSet, 500));
        yield return Of<PastMentions>(p => p.PageAsync(Brand, MentionId(500_000), MentionId(900_000), 500, p.FactsFor(AskingAll)), 3 * Page);
        yield return Of<PastMentions>(p => p.DeletedAsync(Brand, MentionId(500_000), MentionId(900_000)));
        yield return Of<PastMentions>(p => p.OwnAccountsAsync(Brand));
        yield return Of<PastMentions>(p => p.AdvocatesAsync(Brand), Everybody);
        yield return Of<PastMentions>(p => p.AnswerTimeAsync(Brand), Everybody);
        yield return Of<PointsLedger>(p => p.TotalAsync(PersonId(10)));
        yield return Of<PointsLedger>(p => p.LinesAsync(PersonId(10), 200));
        yield return new("LeaderboardAsync of a month", d => Later(d).Get<PointsLedger>().LeaderboardAsync(Brand, Some.Noon.AddDays(-30), 20), Month);
        yield return Of<SkillStore>(s => s.OfAsync(PersonId(10)), Everybody);
        yield return Of<SkillStore>(s => s.OutcomesAsync(PersonId(16), 30));
        yield return Of<SkillStore>(s => s.FadeAsync(500), Everybody);
        yield return Of<OutcomeLineStore>(l => l.RefitAsync(), Everybody);
        yield return Write("SkillLedger.LearnAsync", (d, t) => d.Get<SkillLedger>().LearnAsync(
            t, [.. Hundred(500_000).Select(id => new JournalEntry { At = Some.Noon, MentionId = id, Kind = JournalKinds.Resolved })]), Everybody);
        yield return Of<PeopleStore>(p => p.ListAsync(Brand));
        yield return Of<PeopleStore>(p => p.SkillsAsync(Brand), Everybody);
        yield return Of<PeopleStore>(p => p.FindByNameAsync("person-77", default));
        yield return Of<AccessStore>(a => a.PersonOfKeyAsync("c4c_no-such-key"));

        yield return Of<MentionStore>(m => m.StuckAsync(MentionStatus.Received, Some.Noon.AddYears(1), 1000, default));
        yield return Of<MentionStore>(m => m.StuckAsync(MentionStatus.Classified, Some.Noon.AddYears(1), 1000, default));
        yield return Of<MentionStore>(m => m.UnroutedAsync(default));
        yield return Of<MentionStore>(m => m.AnyUnroutedAsync(default));
        yield return Of<ReplyStore>(r => r.DueAsync(1000, default));
        yield return Of<ReplyStore>(r => r.OnTheirWayAsync(default));
        yield return Of<ReplyTraffic>(r => r.OfAsync("bluesky", PersonId(1)));
        yield return Of<ChannelHealthStore>(c => c.OfAsync(PersonId(1)));
        yield return Of<RoutingStore>(r => r.DueAsync(Some.Noon.AddHours(1), 200, default));
        yield return Of<RoutingStore>(r => r.OverdueAsync(Some.Noon.AddHours(-1), 200, default));
        yield return Of<ClaimDesk>(c => c.ExpireAsync(1000, default));
        yield return Of<Retention>(r => r.DeleteAsync(new RetentionPlace(Brand, MentionStatus.Ignored, Guid.Empty, 30), default), AllOpen);
        yield return Of<Leases>(l => l.TakeAsync("work", TimeSpan.FromSeconds(5)));
        yield return Write("OfferStore.ExpireAsync", (d, t) => d.Get<OfferStore>().ExpireAsync(t, 1000));
        yield return Of<RoutingStore>(r => r.LoadAsync(Hundred(999_850), default), Everybody);
        yield return Of<RoutingStore>(async r => await r.WithConversationsAsync(await r.LoadAsync(Hundred(999_850), default), default), Everybody);
        yield return Write("RoutingStore.HoldAsync", async (d, t) => await d.Get<RoutingStore>().HoldAsync(t, await d.Get<RoutingStore>().LoadAsync(Hundred(999_850), default)), Everybody);
        yield return Of<RoutingStore>(r => r.CandidatesAsync(Brand, Enumerable.Range(1, 500).Select(PersonId).ToList(), true, default), Everybody);
        yield return Of<RoutingStore>(r => r.AskedAsync(default), AllOpen);
        yield return Write("OfferStore.WithdrawAsync", (d, t) => d.Get<OfferStore>().WithdrawAsync(t, [PersonId(2), PersonId(3)]), AllOpen);
        yield return Of<AvailabilityStore>(a => a.SetIgnorersAwayAsync([PersonId(2), PersonId(3)]));
        yield return Write("Workload.FreeAsync", (d, t) => d.Get<Workload>().FreeAsync(t, [.. Enumerable.Range(1, 200).Select(PersonId)]));
        yield return Write("MentionStore.InsertAsync", (d, t) => d.Get<MentionStore>().InsertAsync(
            t, Brand, null, [.. Enumerable.Range(1, 100).Select(n => PreparedPost.Of(Some.Post(inReplyTo: $"post-{n * 100 + 11}") with { Network = "bluesky" }, DateTimeOffset.MaxValue))]));
        yield return Write("MentionStore.ToPurgeAsync", (d, t) => d.Get<MentionStore>().ToPurgeAsync(t, "bluesky", ["post-77", "reply-77", "author-500"]));
        yield return Write("MentionLifecycle.ApplyAsync", (d, t) => d.Get<MentionLifecycle>().ApplyAsync(t, [.. Hundred(999_850).Select(id => MentionChange.Opened(id, 1, new { }))]));
        yield return Write("PointsLedger reads on", (d, t) => d.Get<Journal>().ReadOnAsync(t, "test", PointsRules.Awarded, 1000));
    }

    private static Query Feed(Func<FeedQueries, Task> run, int most = Page, string? name = null, [CallerArgumentExpression(nameof(run))] string text = "") =>
        new(name ?? text, d => run(d.Get<FeedQueries>()), most);

    private static Query Of<T>(Func<T, Task> run, int most = Page, [CallerArgumentExpression(nameof(run))] string text = "")
        where T : notnull => new($"{typeof(T).Name} {text}", d => run(d.Get<T>()), most);

    private static Query Write(string name, Func<VolumeDriver, DbTransaction, Task> run, int most = Page) =>
        new(name, d => d.Database.WriteAsync(transaction => run(d, transaction)), most);

    // What is kept for a while is asked again.
    private static VolumeDriver Later(VolumeDriver driver)
    {
        driver.Clock.Advance(TimeSpan.FromMinutes(2));
        return driver;
    }

    private static IReadOnlyList<Guid> Hundred(int from) => [.. Enumerable.Range(from, 100).Select(MentionId)];

    /// <summary>Something that is asked.</summary>
    public sealed record Query
    {
        internal Query(string name, Func<VolumeDriver, Task> run, int most) => (Name, Run, Most) = (name, run, most);

        internal string Name { get; }

        internal Func<VolumeDriver, Task> Run { get; }

        internal int Most { get; }

        public override string ToString() => Name;
    }
}
