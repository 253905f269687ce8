using Crowd4Care.Contracts;
using Crowd4Care.Engagement.Approvals;

namespace Crowd4Care.Tests.Engagement.Approvals;

public sealed class ApprovalRuleTests
{
    [TestCase(Role.Advocate, 0, 1, false, "of trust 0")]
    [TestCase(Role.Advocate, 1, 1, false, null)]
    [TestCase(Role.Advocate, 4, 5, false, "of trust 4")]
    [TestCase(Role.Advocate, 0, 0, false, null)]
    [TestCase(Role.Advocate, 4, 0, true, "a rule asks for it")]
    [TestCase(Role.Agent, 0, 5, true, null)]
    [TestCase(Role.Admin, 0, 5, true, null)]
    public void New_advocates_wait_and_so_does_what_a_rule_says(Role role, int trust, int below, bool ruleAsks, string? reason) =>
        Assert.That(ApprovalRule.Reason(new ApprovalFacts { Role = role, Trust = trust, BelowTrust = below, RuleAsks = ruleAsks }), Is.EqualTo(reason));
}
