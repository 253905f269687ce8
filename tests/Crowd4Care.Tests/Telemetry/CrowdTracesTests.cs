using System.Collections.Concurrent;
using System.Diagnostics;
using Crowd4Care.Classification;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Ingestion;
using Crowd4Care.Routing;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Telemetry;

[NonParallelizable]
public sealed class CrowdTracesTests
{
    [Test]
    public void The_trace_has_the_id_of_the_mention()
    {
        var id = Ids.New(TimeProvider.System);
        Assert.That(CrowdTraces.RootOf(id).TraceId.ToString(), Is.EqualTo(id.ToString("N")));
    }

    [Test]
    public void All_processes_agree_on_the_mentions_that_are_traced()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => CrowdTraces.RootOf(Ids.New(TimeProvider.System)).TraceId).ToList();
        var few = ids.Where(new MentionSampler(0.1).IsTraced).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(few, Has.Count.InRange(1_700, 2_300));
            Assert.That(few.All(new MentionSampler(0.2).IsTraced), Is.True, "more traced does not mean others traced");
            Assert.That(ids.Any(new MentionSampler(0).IsTraced), Is.False);
            Assert.That(ids.All(new MentionSampler(1).IsTraced), Is.True);
        });
    }

    [Test]
    public void Nothing_is_made_when_nobody_listens() => Assert.That(CrowdTraces.Start("claim", Ids.New(TimeProvider.System)), Is.Null);

    [Test]
    public async Task One_trace_leads_from_ingestion_to_the_reply()
    {
        var spans = new ConcurrentQueue<Activity>();
        await using var crowd = await CrowdDriver.StartAsync(bus =>
        {
            bus.AddConsumer<ClassifyMentions>();
            bus.AddConsumer<RouteMentions>();
            bus.AddConsumer<SendReply>();
        });
        await crowd.ChannelAsync();
        var agent = await crowd.AgentAsync();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CrowdTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        var id = (await crowd.Get<Intake>().StoreAsync(CrowdDriver.Brand, [Some.Post()])).Stored[0];
        await UntilAsync(crowd, id, MentionStatus.Open, MentionStatus.Escalated);
        var claim = await crowd.Get<ClaimDesk>().ClaimAsync(id, CrowdDriver.Brand, agent.Id, Role.Agent);
        await crowd.Get<ReplyDesk>().SubmitAsync(id, CrowdDriver.Brand, agent.Id, agent.Name, claim.Fence, "Hello");
        await UntilAsync(crowd, id, MentionStatus.Answered);
        await Poll.UntilAsync(() => spans.Any(s => s.OperationName == "send reply"), "the last span");

        var mine = spans.Where(s => s.TraceId.ToString() == id.ToString("N")).ToList();
        Assert.That(mine.Select(s => s.OperationName).Distinct(), Is.SupersetOf(new[] { "receive", "classify", "route", "claim", "submit reply", "send reply" }));
        Assert.That(mine.SelectMany(s => s.TagObjects).Select(t => t.Key).Distinct(), Is.SubsetOf(new[] { "outcome", "attempt" }));
    }

    private static Task UntilAsync(CrowdDriver crowd, Guid id, params MentionStatus[] statuses) =>
        Poll.UntilAsync(() => crowd.RowAsync(id), m => statuses.Contains(m.Status), $"the mention is {string.Join(" or ", statuses)}");
}
