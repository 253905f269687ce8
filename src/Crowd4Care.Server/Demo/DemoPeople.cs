using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using Crowd4Care.Mentions;
using Crowd4Care.State;

namespace Crowd4Care.Server.Demo;

/// <summary>
/// The simulated colleagues: most advocates are at the desk, take what they are offered, and answer after a while; now and then an
/// agent answers an escalation. The people whom a visitor signs in as are left to the visitor.
/// </summary>
internal sealed partial class DemoPeople(
    DemoContent content, PeopleStore people, IPresence presence, FeedQueries feed, QueueQueries queues, ClaimDesk claims, ReplyDesk replies,
    StaffDesk staff, TimeProvider clock, ILogger<DemoPeople> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReadsFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WritesFor = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan StaffThinkFor = TimeSpan.FromMinutes(3);

    // Left to the visitor.
    private static readonly string[] Visitors = ["ana", "sam", "alex"];

    private int ticks;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LiveAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Stumbled(logger, e);
            }
        }
    }

    private async Task LiveAsync(CancellationToken cancellationToken)
    {
        ticks++;
        var all = (await people.ListAsync(BrandStore.DefaultId, cancellationToken)).Where(p => !Visitors.Contains(p.Login)).ToList();
        var advocates = all.Where(p => p.Role == Role.Advocate).ToList();
        // One in four is out at any time; who it is changes over the day.
        foreach (var (index, advocate) in advocates.Index())
        {
            if ((index + ticks / 60) % 4 == 0)
                continue;

            await presence.SeenAsync(advocate.Id);
            await ClaimAsync(advocate, index, cancellationToken);
            await AnswerAsync(advocate, cancellationToken);
        }

        if (all.FirstOrDefault(p => p.Role == Role.Agent) is { } agent && ticks % 6 == 0)
            await WorkQueueAsync(agent, cancellationToken);
    }

    private async Task ClaimAsync(Person advocate, int index, CancellationToken cancellationToken)
    {
        foreach (var offer in await feed.OffersAsync(advocate.Id, cancellationToken))
        {
            if (clock.GetUtcNow() - offer.StatusAt < ReadsFor + TimeSpan.FromSeconds(index * 5))
                continue;

            // Some offers are declined, and some questions are for staff.
            var turn = (index + ticks) % 10;
            if (turn == 7)
                await claims.PassAsync(offer.Id, advocate.BrandId, advocate.Id, PassReason.NotMyTopic, null, cancellationToken);
            else if (turn == 3 && offer.Anger > 0.5)
                await staff.EscalateAsync(offer.Id, advocate.BrandId, advocate.Id, advocate.Role, "The customer is upset; better from staff.", cancellationToken);
            else
                await claims.ClaimAsync(offer.Id, advocate.BrandId, advocate.Id, advocate.Role, cancellationToken);
            return;
        }
    }

    private async Task AnswerAsync(Person advocate, CancellationToken cancellationToken)
    {
        var mine = (await feed.ClaimedAsync(advocate.Id, cancellationToken))
            .FirstOrDefault(m => m.ClaimExpiresAt is not null && clock.GetUtcNow() - m.StatusAt > WritesFor);
        if (mine is not null)
            await ReplyAsync(advocate, mine.Id, mine.Fence, mine.Language, mine.Topic, cancellationToken);

        // What was thanked for is closed.
        var answered = (await feed.HistoryAsync(advocate.Id, 5, 0, cancellationToken))
            .FirstOrDefault(m => m.Status == MentionStatus.Answered && clock.GetUtcNow() - m.StatusAt > TimeSpan.FromMinutes(1));
        if (answered is not null && ticks % 3 == 0)
            await staff.ResolveAsync(answered.Id, advocate.BrandId, advocate.Id, advocate.Role, cancellationToken);
    }

    private async Task WorkQueueAsync(Person agent, CancellationToken cancellationToken)
    {
        var waiting = (await queues.ListAsync(agent.BrandId, null, 50, 0, cancellationToken))
            .Where(m => m.Status == MentionStatus.Escalated && clock.GetUtcNow() - m.CreatedAt > StaffThinkFor)
            .ToList();
        // A few stay in the queue for the visitor.
        if (waiting.Count <= 6)
            return;

        var item = waiting[^1];
        var claim = await claims.ClaimAsync(item.Id, agent.BrandId, agent.Id, agent.Role, cancellationToken);
        if (claim.Outcome == ClaimOutcome.Claimed)
            await ReplyAsync(agent, item.Id, claim.Fence, item.Language, item.Topic, cancellationToken);
    }

    private async Task ReplyAsync(Person person, Guid mentionId, long fence, string? language, string? topic, CancellationToken cancellationToken)
    {
        var inLanguage = content.Answers.Where(a => a.Language == language).ToList();
        if (inLanguage.Count == 0)
            inLanguage = [.. content.Answers.Where(a => a.Language == "en")];
        var fitting = inLanguage.Where(a => a.Topic == topic).ToList();
        var choice = fitting.Count > 0 ? fitting : [.. inLanguage.Where(a => a.Topic == "other")];
        if (choice.Count == 0)
            choice = inLanguage;
        var text = choice[(int)((uint)mentionId.GetHashCode() % (uint)choice.Count)].Text;
        await replies.SubmitAsync(mentionId, person.BrandId, person.Id, person.Name, fence, text, cancellationToken: cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The demo's people stumbled; they go on")]
        public static partial void Stumbled(ILogger logger, Exception exception);
    }
}
