using Crowd4Care.Routing;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AbsentPeopleTests
{
    private readonly AbsentPeople absent = new();
    private readonly Guid ana = Some.Id();

    [Test]
    public void Who_says_that_they_are_away_is_gone_at_once() =>
        Assert.That(absent.Gone([Asked(isAway: true)], Seen(ana), Some.Noon), Is.EqualTo(new[] { ana }));

    [Test]
    public void Who_is_seen_stays() =>
        Assert.That(absent.Gone([Asked()], Seen(ana), Some.Noon), Is.Empty);

    [Test]
    public void Who_is_missed_for_a_while_is_gone()
    {
        Assert.That(absent.Gone([Asked()], Seen(), Some.Noon), Is.Empty);
        Assert.That(absent.Gone([Asked()], Seen(), Some.Noon + AbsentPeople.Grace - TimeSpan.FromMilliseconds(1)), Is.Empty);
        Assert.That(absent.Gone([Asked()], Seen(), Some.Noon + AbsentPeople.Grace), Is.EqualTo(new[] { ana }));
    }

    [Test]
    public void Who_comes_back_in_between_is_missed_anew()
    {
        absent.Gone([Asked()], Seen(), Some.Noon);
        absent.Gone([Asked()], Seen(ana), Some.Noon.AddSeconds(10));
        Assert.That(absent.Gone([Asked()], Seen(), Some.Noon.AddSeconds(20)), Is.Empty);
    }

    private AskedPerson Asked(bool isAway = false) => new() { Id = ana, IsAway = isAway };

    private static HashSet<Guid> Seen(params Guid[] people) => [.. people];
}
