using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Simulation;

/// <summary>
/// Plays a world under a policy, from event to event (Law: Simulation Modeling and Analysis, chapter 1): a mention comes, an offer is accepted, passed or runs
/// out, an answer is sent, somebody comes or goes, staff get what nobody took. Pure: the same world and policy have the same course.
/// </summary>
internal sealed class EventSimulation
{
    private readonly World world;
    private readonly IRoutingPolicy policy;
    private readonly Candidate[] candidates;
    private readonly Dictionary<Guid, int> indexes;
    private readonly bool[] isPresent;

    private readonly PriorityQueue<Action, (double At, int Number)> events = new();
    private readonly List<WaitingMention> waiting = [];
    private readonly Dictionary<int, Dictionary<Guid, int>> answeredAuthor = [];
    private readonly RunRecord record;
    private double now;
    private int number;
    private bool isChoosing;

    private EventSimulation(World world, IRoutingPolicy policy)
    {
        (this.world, this.policy) = (world, policy);
        candidates = [.. world.Advocates.Select(a => a.Known with { Load = 0, OffersNow = 0 })];
        indexes = candidates.Index().ToDictionary(c => c.Item.Id, c => c.Index);
        isPresent = new bool[candidates.Length];
        record = new RunRecord(world);
    }

    /// <summary>Plays it to the end: until every mention is answered or with staff.</summary>
    public static RunRecord Run(World world, IRoutingPolicy policy)
    {
        var simulation = new EventSimulation(world, policy);
        simulation.Prepare();
        simulation.Play();
        return simulation.record;
    }

    private void Prepare()
    {
        // Shifts before arrivals: who comes on the hour can be asked on the hour.
        foreach (var (i, advocate) in world.Advocates.Index())
        {
            foreach (var (start, end) in record.Shifts(advocate))
            {
                At(start, () => Come(i));
                At(end, () => isPresent[i] = false);
            }
        }

        foreach (var mention in world.Mentions)
            At(mention.At, () => Arrive(mention));
    }

    private void Play()
    {
        while (events.TryDequeue(out var happen, out var key))
        {
            now = key.At;
            happen();
        }
    }

    private void At(double time, Action happen) => events.Enqueue(happen, (time, number++));

    private void Come(int advocate)
    {
        isPresent[advocate] = true;
        Wake();
    }

    private void Arrive(SimulatedMention mention)
    {
        if (!answeredAuthor.TryGetValue(mention.Author, out var answered))
            answeredAuthor[mention.Author] = answered = [];
        var arrived = new WaitingMention(mention, answered);
        waiting.Add(arrived);
        At(mention.At + World.OverflowSeconds, () => Overflow(arrived));
        Wake();
    }

    private void Wake()
    {
        if (isChoosing || waiting.Count == 0)
            return;

        isChoosing = true;
        At(now + policy.BatchSeconds, Choose);
    }

    private void Choose()
    {
        isChoosing = false;
        waiting.RemoveAll(m => !m.IsWaiting);
        var present = candidates.Where((_, i) => isPresent[i]).ToList();
        if (waiting.Count > 0 && present.Exists(c => c.Load < c.Capacity))
        {
            foreach (var (mention, to) in policy.Choose(new Situation(now, waiting, present)))
                Offer(mention, indexes[to.Id]);
        }
    }

    private void Offer(WaitingMention mention, int to)
    {
        var (advocate, candidate) = (world.Advocates[to], candidates[to]);
        if (!mention.IsWaiting || !isPresent[to] || candidate.Load >= candidate.Capacity || mention.Known.OfferedBefore.ContainsKey(candidate.Id))
            throw new InvalidOperationException($"{policy.Name} offers mention {mention.Mention.Index} to {candidate.Name}, who can't take it.");

        var fit = World.Fit(mention.Mention, advocate, Knows(mention, candidate));
        var reaction = world.React(mention.Mention, advocate, fit, (double)candidate.Load / candidate.Capacity);
        candidate.Load++;
        candidate.OffersNow++;
        candidate.LastOfferAt = World.Time(now);
        mention.IsWaiting = false;
        mention.Ask(candidate.Id);
        record.Offered(to, candidate.Load);
        At(now + reaction.AfterSeconds, () =>
        {
            if (reaction.Accepts)
                Claim(mention, to, fit);
            else
                ComeBack(mention, candidate, reaction.AfterSeconds >= World.OfferSeconds);
        });
    }

    private void Claim(WaitingMention mention, int by, double fit)
    {
        var (advocate, candidate) = (world.Advocates[by], candidates[by]);
        mention.IsSettled = true;
        record.Claimed(now - mention.Mention.At);
        At(now + world.AnswerSeconds(mention.Mention, advocate, fit, candidate.Load - 1), () =>
        {
            candidate.Load--;
            answeredAuthor[mention.Mention.Author][candidate.Id] = 1;
            record.Answered(mention.Mention, by, fit, world.IsSolved(mention.Mention, advocate, fit));
            Wake();
        });
    }

    private void ComeBack(WaitingMention mention, Candidate from, bool hasExpired)
    {
        from.Load--;
        record.Refused(hasExpired);
        mention.IsWaiting = true;
        // Its entry from before may still be there when nobody has chosen since.
        waiting.Remove(mention);
        waiting.Insert(waiting.FindLastIndex(m => m.Mention.Index < mention.Mention.Index) + 1, mention);
        Overflow(mention);
        Wake();
    }

    private void Overflow(WaitingMention mention)
    {
        if (mention.IsSettled || !mention.IsWaiting || now < mention.Mention.At + World.OverflowSeconds)
            return;

        mention.IsSettled = true;
        mention.IsWaiting = false;
        record.Overflowed();
    }

    private static bool Knows(WaitingMention mention, Candidate candidate) => mention.Known.AnsweredAuthorBefore.ContainsKey(candidate.Id);
}
