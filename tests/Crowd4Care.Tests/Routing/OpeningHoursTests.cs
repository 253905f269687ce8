using System.Globalization;
using Crowd4Care.Routing;

namespace Crowd4Care.Tests.Routing;

public sealed class OpeningHoursTests
{
    // 2026-03-23 is a Monday.
    [TestCase("2026-03-23T08:59:59+01:00", false)]
    [TestCase("2026-03-23T09:00:00+01:00", true)]
    [TestCase("2026-03-23T11:59:59+01:00", true)]
    [TestCase("2026-03-23T12:00:00+01:00", false)]
    [TestCase("2026-03-23T13:00:00+01:00", true)]
    [TestCase("2026-03-23T17:30:00+01:00", false)]
    [TestCase("2026-03-24T10:00:00+01:00", false)]
    public void A_range_has_its_beginning_and_not_its_end(string at, bool open) =>
        Assert.That(IsOpen(At(at), ("monday", ["09:00-12:00", "13:00-17:30"])), Is.EqualTo(open));

    [TestCase("2026-03-23T22:59:00Z", true)]
    [TestCase("2026-03-23T23:00:00Z", false)]
    [TestCase("2026-03-22T22:59:00Z", false)]
    [TestCase("2026-03-22T23:00:00Z", true)]
    public void A_whole_day_is_that_of_the_place(string at, bool open) => Assert.That(IsOpen(At(at), ("monday", ["00:00-24:00"])), Is.EqualTo(open));

    // Clocks in Berlin went from 02:00 to 03:00 on 29 March 2026: 09:00 is 08:00 UTC before and 07:00 UTC after.
    [TestCase("2026-03-28T07:59:00Z", false)]
    [TestCase("2026-03-28T08:00:00Z", true)]
    [TestCase("2026-03-29T06:59:00Z", false)]
    [TestCase("2026-03-29T07:00:00Z", true)]
    [TestCase("2026-10-24T07:00:00Z", true)]
    [TestCase("2026-10-25T07:00:00Z", false)]
    [TestCase("2026-10-25T08:00:00Z", true)]
    public void Summer_time_moves_the_hours(string at, bool open) =>
        Assert.That(IsOpen(At(at), ("saturday", ["09:00-10:00"]), ("sunday", ["09:00-10:00"])), Is.EqualTo(open));

    [Test]
    public void The_hour_that_summer_time_leaves_out_never_comes()
    {
        var midnight = At("2026-03-28T23:00:00Z");
        Assert.That(Enumerable.Range(0, 23 * 60).Count(minute => IsOpen(midnight.AddMinutes(minute), ("sunday", ["02:00-03:00"]))), Is.Zero);
    }

    [Test]
    public void The_hour_that_winter_repeats_counts_twice()
    {
        var midnight = At("2026-10-24T22:00:00Z");
        Assert.That(Enumerable.Range(0, 25 * 60).Count(minute => IsOpen(midnight.AddMinutes(minute), ("sunday", ["02:00-03:00"]))), Is.EqualTo(120));
    }

    [Test]
    public void A_place_may_be_off_by_half_an_hour()
    {
        var hours = new OpeningHours(Calendar("Asia/Kolkata", [("monday", ["09:00-10:00"])]));
        Assert.That((hours.IsOpen(At("2026-03-23T03:29:00Z")), hours.IsOpen(At("2026-03-23T03:30:00Z"))), Is.EqualTo((false, true)));
    }

    [TestCase("2026-12-24T23:00:00Z", false)]
    [TestCase("2026-12-25T22:59:00Z", false)]
    [TestCase("2026-12-24T22:59:00Z", true)]
    [TestCase("2026-12-25T23:00:00Z", true)]
    public void A_holiday_is_the_date_of_the_place(string at, bool open)
    {
        var calendar = Calendar("Europe/Berlin", [.. OpeningHours.DayNames.Select(day => (day, new[] { "00:00-24:00" }))], "2026-12-25");
        Assert.That(new OpeningHours(calendar).IsOpen(At(at)), Is.EqualTo(open));
    }

    private static bool IsOpen(DateTimeOffset at, params (string Day, string[] Hours)[] days) => new OpeningHours(Calendar("Europe/Berlin", days)).IsOpen(at);

    private static RuleCalendar Calendar(string zone, (string Day, string[] Hours)[] days, params string[] holidays) => new()
    {
        TimeZone = zone, Days = days.ToDictionary(d => d.Day, d => (IReadOnlyList<string>)d.Hours), Holidays = holidays,
    };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
