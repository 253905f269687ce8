using System.ComponentModel;
using System.Text.Json.Serialization;
using Crowd4Care.Contracts;

namespace Crowd4Care.Routing.Matching;

/// <summary>
/// How a brand looks for the best-qualified advocate: what counts how much, and how long somebody better is waited for. Part of the rule set, and so drafted,
/// compared, tried on past mentions and rolled back with it.
/// </summary>
/// <remarks>The four weights are parts of a sum and together 1.</remarks>
public sealed record MatchPolicy
{
    /// <summary>What holds where a rule set says nothing.</summary>
    public static MatchPolicy Default { get; } = new();

    /// <summary>Proficiency in the mention's topic.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("Weight of proficiency in the mention's topic, 0 to 1; 0.67 if left out. The weights topic, language, contact and free add up to 1.")]
    public double Topic { get; init; } = 0.67;

    /// <summary>Proficiency in its language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("Weight of proficiency in its language, 0 to 1; 0.24 if left out.")]
    public double Language { get; init; } = 0.24;

    /// <summary>Having answered the author before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("Weight of having answered the author before, 0 to 1; 0.06 if left out.")]
    public double Contact { get; init; } = 0.06;

    /// <summary>The free share of the capacity.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("Weight of the free share of the capacity, 0 to 1; 0.03 if left out.")]
    public double Free { get; init; } = 0.03;

    /// <summary>The proficiency, 0 to 1, of who says nothing of a topic: they may still know it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("The proficiency, 0 to 1, that somebody counts with who says nothing of a topic; 0.2 if left out.")]
    public double UndeclaredTopic { get; init; } = Skill.Undeclared;

    /// <summary>How long a mention waits for somebody better who has no place left now, in minutes; 0 for not at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("How many minutes a mention may wait for somebody better who is full now; 15 if left out, 0 for not at all.")]
    public double WaitMinutes { get; init; } = 15;

    /// <summary>How much better, as a difference of sums, somebody must be to be waited for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("How much better somebody must be to be waited for, as a difference of the weighted sums, 0 to 1; 0.05 if left out.")]
    public double WaitWorth { get; init; } = 0.05;

    /// <summary>The share of mentions, 0 to 1, that go to newcomers where one of them qualifies and has a place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("The share of mentions, 0 to 1, that go to newcomers (fewer than ten answers) where one of them qualifies and has a place; 0 if left out.")]
    public double NewcomerShare { get; init; }
}
