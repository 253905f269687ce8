using System.Globalization;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing;

/// <summary>Finds the mistakes in what a document says of priority and of how advocates are looked for.</summary>
internal static class PolicyCheck
{
    private const string Path = "$.matching";

    public static void Check(PriorityPolicy policy, MistakeList mistakes)
    {
        mistakes.Range(policy.Anger, 0, 1000, "$.priority.anger");
        mistakes.Range(policy.Reach, 0, 100, "$.priority.reach");
    }

    public static void Check(MatchPolicy policy, MistakeList mistakes)
    {
        mistakes.Range(policy.Topic, 0, 1, $"{Path}.topic");
        mistakes.Range(policy.Language, 0, 1, $"{Path}.language");
        mistakes.Range(policy.Contact, 0, 1, $"{Path}.contact");
        mistakes.Range(policy.Free, 0, 1, $"{Path}.free");
        mistakes.Range(policy.UndeclaredTopic, 0, 1, $"{Path}.undeclaredTopic");
        mistakes.Range(policy.WaitMinutes, 0, 60 * 24, $"{Path}.waitMinutes");
        mistakes.Range(policy.WaitWorth, 0, 1, $"{Path}.waitWorth");
        mistakes.Range(policy.NewcomerShare, 0, 1, $"{Path}.newcomerShare");
        var sum = policy.Topic + policy.Language + policy.Contact + policy.Free;
        if (Math.Abs(sum - 1) > 1e-6)
            mistakes.Add(Path, string.Create(CultureInfo.InvariantCulture, $"the weights topic, language, contact and free add up to {sum:0.###}; 1 is expected"));
    }
}
