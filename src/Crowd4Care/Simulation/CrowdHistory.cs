using Crowd4Care.Community.Skills;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Simulation;

/// <summary>
/// The days before the one that is measured, so that the product knows of its people what it would know by then. Quicker than <see cref="EventSimulation"/>:
/// nothing waits. A mention is offered to the best who is there by the product's match, then to the next, until one accepts; what nobody takes goes to staff. People
/// behave as on the measured day, and what is learned of a day counts on the next. Newcomers come on the last day, and have fewer answers at its end than make
/// an advocate of them. Pure.
/// </summary>
internal sealed class CrowdHistory
{
    private const double Day = 24 * ArrivalTimes.Hour;

    // Half of those who were helped say thanks, half of those who were not are angrier than before.
    private const double SaysSo = 0.5;

    private static readonly RuleAction Offer = new() { Action = RuleActionKind.Offer };

    private readonly World world;
    private readonly LearnedSkills skills;
    private readonly SeededRandom random;
    private readonly double midnight;

    private readonly Candidate[] people;
    private readonly HashSet<int> present = [];
    private readonly PriorityQueue<Action, (double At, int Number)> events = new();
    private readonly Dictionary<int, Dictionary<Guid, int>> answeredAuthor = [];
    private readonly int[] answers;
    private int number;

    private CrowdHistory(World world, LearnedSkills skills, SeededRandom random, int day)
    {
        (this.world, this.skills, this.random, midnight) = (world, skills, random, day * Day);
        people = [.. world.Advocates.Select(a => a.Known with { Load = 0 })];
        answers = new int[people.Length];
    }

    /// <summary>The advocates with what the product has learned of their skills.</summary>
    /// <param name="advocates">As they declared themselves.</param>
    /// <param name="seed">Of the history, not of the measured day.</param>
    /// <param name="days">How many days.</param>
    /// <param name="mentions">How many mentions come in a day.</param>
    public static IReadOnlyList<SimulatedAdvocate> Learn(IReadOnlyList<SimulatedAdvocate> advocates, ulong seed, int days, int mentions)
    {
        var skills = new LearnedSkills(advocates);
        for (var day = -days; day < 0; day++)
        {
            var random = new SeededRandom(SeededRandom.Key(seed, day));
            var world = new World(SeededRandom.Key(seed, day), skills.Advocates, ArrivalTimes.MakeDay(mentions, random));
            new CrowdHistory(world, skills, random, day).Play(withNewcomers: day == -1);
            skills.Learn(World.Time((day + 1) * Day));
        }

        return skills.Advocates;
    }

    private void Play(bool withNewcomers)
    {
        foreach (var advocate in world.Advocates.Where(a => withNewcomers || !a.IsNewcomer))
        {
            // The shift that began today, and the end of that which began yesterday.
            foreach (var start in new[] { advocate.ShiftStart - 24, advocate.ShiftStart })
            {
                At(start * ArrivalTimes.Hour, () => Come(advocate));
                At((start + advocate.ShiftHours) * ArrivalTimes.Hour, () => present.Remove(advocate.Index));
            }
        }

        foreach (var mention in world.Mentions)
        {
            while (events.TryPeek(out _, out var next) && next.At <= mention.At)
                events.Dequeue()();
            Give(mention);
        }
    }

    private void Come(SimulatedAdvocate advocate)
    {
        if (!IsDone(advocate))
            present.Add(advocate.Index);
    }

    // One more, and they were no newcomer any more.
    private bool IsDone(SimulatedAdvocate advocate) => advocate.IsNewcomer && answers[advocate.Index] >= Newcomers.Answers - 1;

    private void At(double time, Action happen) => events.Enqueue(happen, (time, number++));

    private void Give(SimulatedMention mention)
    {
        if (!answeredAuthor.TryGetValue(mention.Author, out var answered))
            answeredAuthor[mention.Author] = answered = [];
        var asked = new WaitingMention(mention, answered);
        var question = new MatchQuestion(asked.Known, Offer, MatchPolicy.Default);
        while (Best(question) is { } best)
        {
            var (advocate, candidate) = (world.Advocates[best], people[best]);
            var fit = World.Fit(mention, advocate, answered.ContainsKey(candidate.Id));
            var reaction = world.React(mention, advocate, fit, (double)candidate.Load / candidate.Capacity);
            if (reaction.Accepts)
            {
                Claim(mention, advocate, fit, reaction.AfterSeconds, answered);
                return;
            }

            asked.Ask(candidate.Id);
        }
    }

    private int? Best(MatchQuestion question)
    {
        (int Index, Judgement Judgement)? best = null;
        foreach (var i in present)
        {
            var judgement = Matcher.Judge(question, people[i]);
            if (judgement.Hindrance == Hindrance.None && (best is null || judgement.CompareTo(best.Value.Judgement) < 0))
                best = (i, judgement);
        }

        return best?.Index;
    }

    private void Claim(SimulatedMention mention, SimulatedAdvocate advocate, double fit, double after, Dictionary<Guid, int> answered)
    {
        var (i, candidate, at) = (advocate.Index, people[advocate.Index], World.Time(midnight + mention.At));
        candidate.Load++;
        candidate.LastOfferAt = at;
        answers[i]++;
        if (IsDone(advocate))
            present.Remove(i);
        skills.Note(i, mention, Outcome(world.IsSolved(mention, advocate, fit)), at);
        At(mention.At + after + world.AnswerSeconds(mention, advocate, fit, candidate.Load - 1), () =>
        {
            answered[candidate.Id] = 1;
            candidate.Load--;
        });
    }

    private string Outcome(bool isSolved) => (isSolved, random.Chance(SaysSo)) switch
    {
        (true, true) => SkillRules.Thanked,
        (true, false) => SkillRules.ResolvedBySelf,
        (false, true) => SkillRules.MoodWorse,
        _ => SkillRules.MoodSame,
    };
}
