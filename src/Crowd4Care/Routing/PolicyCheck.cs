using System.Globalization;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing;

/// <summary>Finds the mistakes in what a document says of priority and of how advocates are looked for.</summary>
internal static class PolicyCheck
{
    private const string Path = "$.matching";

    public static void Check(PriorityPolicy policy, MistakeList mistakes)
    {
        mistakes.Range(policy.Anger, RuleLimits.OfPriority["anger"], "$.priority.anger");
        mistakes.Range(policy.Reach, RuleLimits.OfPriority["reach"], "$.priority.reach");
    }

    public static void Check(MatchPolicy policy, MistakeList mistakes)
    {
        void Range(double number, string member) => mistakes.Range(number, RuleLimits.OfMatching[member], $"{Path}.{member}");

        Range(policy.Topic, "topic");
        Range(policy.Language, "language");
        Range(policy.Contact, "contact");
        Range(policy.Free, "free");
        Range(policy.UndeclaredTopic, "undeclaredTopic");
        Range(policy.WaitMinutes, "waitMinutes");
        Range(policy.WaitWorth, "waitWorth");
        Range(policy.NewcomerShare, "newcomerShare");
        var sum = policy.Topic + policy.Language + policy.Contact + policy.Free;
        if (Math.Abs(sum - 1) > 1e-6)
            mistakes.Add(Path, string.Create(CultureInfo.InvariantCulture, $"the weights topic, language, contact and free add up to {sum:0.###}; 1 is expected"));
    }
}
