using System.Globalization;
using Crowd4Care.Contracts;

namespace Crowd4Care.Tests.Contracts;

public sealed class QuietHoursTests
{
    private static readonly QuietHours Night = new(22 * 60, 8 * 60, "Europe/Berlin");
    private static readonly QuietHours Noon = new(12 * 60, 13 * 60, "Europe/Berlin");

    // Summer: two hours ahead of UTC.
    [TestCase("2026-07-01T19:59:59Z", null)]
    [TestCase("2026-07-01T20:00:00Z", "2026-07-02T08:00:00+02:00")]
    [TestCase("2026-07-01T22:30:00Z", "2026-07-02T08:00:00+02:00")]
    [TestCase("2026-07-02T05:59:59Z", "2026-07-02T08:00:00+02:00")]
    [TestCase("2026-07-02T06:00:00Z", null)]
    public void The_night_goes_over_midnight(string now, string? ends) => AssertEnds(Night, now, ends);

    [TestCase("2026-07-01T09:59:59Z", null)]
    [TestCase("2026-07-01T10:00:00Z", "2026-07-01T13:00:00+02:00")]
    [TestCase("2026-07-01T11:00:00Z", null)]
    public void An_hour_of_the_day_begins_and_ends_in_it(string now, string? ends) => AssertEnds(Noon, now, ends);

    // On 29 March 2026 02:00 is followed by 03:00, on 25 October 03:00 by 02:00.
    [TestCase("2026-03-28T23:00:00Z", "2026-03-29T08:00:00+02:00")]
    [TestCase("2026-03-29T06:00:00Z", null)]
    [TestCase("2026-10-24T23:00:00Z", "2026-10-25T08:00:00+01:00")]
    [TestCase("2026-10-25T06:30:00Z", "2026-10-25T08:00:00+01:00")]
    [TestCase("2026-10-25T07:00:00Z", null)]
    public void Nights_end_by_the_clock_when_summer_time_begins_and_ends(string now, string? ends) => AssertEnds(Night, now, ends);

    [TestCase("2026-03-29T00:59:59Z", "2026-03-29T03:00:00+02:00")]
    [TestCase("2026-03-29T01:00:00Z", null)]
    public void What_ends_in_the_hour_that_is_left_out_ends_with_it(string now, string? ends) => AssertEnds(new(22 * 60, 150, "Europe/Berlin"), now, ends);

    [TestCase("2026-10-25T00:29:00Z", "2026-10-25T02:30:00+01:00")]
    [TestCase("2026-10-25T00:45:00Z", "2026-10-25T02:30:00+01:00")]
    [TestCase("2026-10-25T01:29:59Z", "2026-10-25T02:30:00+01:00")]
    [TestCase("2026-10-25T01:30:00Z", null)]
    public void What_ends_in_the_hour_that_comes_twice_is_not_interrupted(string now, string? ends) => AssertEnds(new(22 * 60, 150, "Europe/Berlin"), now, ends);

    [Test]
    public void A_zone_that_is_none_counts_as_utc() => AssertEnds(new(60, 120, "Nowhere/Land"), "2026-07-01T01:30:00Z", "2026-07-01T02:00:00+00:00");

    [TestCase("Europe/Berlin", "2026-07-01T21:59:59Z", "2026-06-30T22:00:00Z")]
    [TestCase("Europe/Berlin", "2026-07-01T22:00:00Z", "2026-07-01T22:00:00Z")]
    [TestCase("America/New_York", "2026-07-01T03:59:59Z", "2026-06-30T04:00:00Z")]
    [TestCase(null, "2026-07-01T03:59:59Z", "2026-07-01T00:00:00Z")]
    public void Days_begin_at_midnight_of_the_zone(string? zone, string now, string midnight) =>
        Assert.That(LocalTime.Midnight(zone, Time(now)), Is.EqualTo(Time(midnight)));

    private static void AssertEnds(QuietHours hours, string now, string? ends)
    {
        var answer = hours.EndsAt(Time(now));
        Assert.That(answer?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture), Is.EqualTo(ends));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
