using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;

namespace Crowd4Care.Simulation;

/// <summary>What the product learns of the skills of a simulated crowd: by its own rules, from outcomes as they would lie in its tables.</summary>
internal sealed class LearnedSkills
{
    private readonly IReadOnlyList<SimulatedAdvocate> declared;
    private readonly Dictionary<string, SkillEvidence>[] evidence;

    /// <summary>Nothing is learned yet.</summary>
    /// <param name="declared">The advocates as they declared themselves.</param>
    public LearnedSkills(IReadOnlyList<SimulatedAdvocate> declared)
    {
        this.declared = Advocates = declared;
        evidence = [.. declared.Select(_ => new Dictionary<string, SkillEvidence>())];
    }

    /// <summary>The advocates with the skills that count: declared ones at first, then what was learned last.</summary>
    public IReadOnlyList<SimulatedAdvocate> Advocates { get; private set; }

    /// <summary>Notes what came of an answer, for the mention's topic and language.</summary>
    /// <param name="by">Whose answer.</param>
    /// <param name="mention">To what.</param>
    /// <param name="rule">One of the rules of <see cref="SkillRules"/>.</param>
    /// <param name="at">When.</param>
    public void Note(int by, SimulatedMention mention, string rule, DateTimeOffset at)
    {
        var weight = SkillRules.WeightOf(rule);
        Add(Skill.Topic(CrowdMaker.Topics[mention.Topic]), weight * SkillRules.TopicShare);
        Add(Skill.Language(CrowdMaker.Languages[mention.Language]), weight * SkillRules.LanguageShare);

        void Add(string skill, double counts) => evidence[by][skill] = evidence[by].GetValueOrDefault(skill) + SkillEvidence.Of(counts, at);
    }

    /// <summary>Learns from all that was noted.</summary>
    public void Learn(DateTimeOffset now)
    {
        var lines = OutcomeLines.Fit([
            .. from advocate in declared
               from skill in evidence[advocate.Index]
               where advocate.Known.Skills.ContainsKey(skill.Key)
               select (skill.Key, DeclaredEvidence.Of(advocate.Known.Skills[skill.Key], skill.Value, now)),
        ]);
        Advocates = [.. declared.Select(a => a with { Known = a.Known with { Skills = Of(a, lines, now) } })];
    }

    private Dictionary<string, double> Of(SimulatedAdvocate advocate, OutcomeLines lines, DateTimeOffset now)
    {
        var (said, shown) = (advocate.Known.Skills, evidence[advocate.Index]);
        var skills = new Dictionary<string, double>();
        foreach (var skill in said.Keys.Union(shown.Keys))
        {
            double? level = said.TryGetValue(skill, out var value) ? value : null;
            if (SkillRules.Proficiency(level, pinned: null, shown.GetValueOrDefault(skill), lines.For(skill), now) is { } counts)
                skills[skill] = counts;
        }

        return skills;
    }
}
