using System.Text.Json;
using Crowd4Care.Networks.Bluesky;

namespace Crowd4Care.Tests.Networks.Bluesky;

public sealed class CursorTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    [Test]
    public void A_stream_is_resumed_a_little_before_its_time()
    {
        var cursor = JetstreamCursor.Read("1783175888130414")!;
        Assert.That(cursor.ResumeAt("any.host", TimeSpan.FromSeconds(5)), Is.EqualTo(1783175883130414));
    }

    [Test]
    public void A_number_holds_only_for_the_server_that_gave_it()
    {
        var cursor = JetstreamCursor.Read(new JetstreamCursor(1783175888130414, 12345, "one.host:443").ToString())!;
        Assert.That(cursor.ResumeAt("one.host:443", TimeSpan.FromSeconds(5)), Is.LessThan(12345).And.GreaterThan(0));
        Assert.That(cursor.ResumeAt("another.host:443", TimeSpan.FromSeconds(5)), Is.EqualTo(1783175883130414));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("{}")]
    [TestCase("12")]
    [TestCase("-5;x;y")]
    public void What_is_no_position_of_a_stream_means_from_now_on(string? text) => Assert.That(JetstreamCursor.Read(text), Is.Null);

    [Test]
    public void Notifications_of_one_time_are_told_apart()
    {
        var cursor = NotificationCursor.StartingAt(Noon.AddDays(-1)).With([At("a", Noon)], Overlap);
        Assert.That(cursor.IsNew(At("a", Noon)), Is.False);
        Assert.That(cursor.IsNew(At("b", Noon)), Is.True);
    }

    [Test]
    public void A_notification_that_turns_up_behind_others_is_new()
    {
        var cursor = NotificationCursor.StartingAt(Noon.AddDays(-1)).With([At("a", Noon)], Overlap);
        Assert.That(cursor.IsNew(At("late", Noon.AddMinutes(-9))), Is.True);
        Assert.That(cursor.IsNew(At("old", Noon.AddMinutes(-11))), Is.False);
    }

    [Test]
    public void The_stored_cursor_says_the_same()
    {
        var cursor = NotificationCursor.StartingAt(Noon.AddDays(-1)).With([At("a", Noon), At("b", Noon.AddSeconds(-1))], Overlap);
        var read = NotificationCursor.Read(cursor.ToString())!;
        Assert.That(read.IsNew(At("a", Noon)), Is.False);
        Assert.That(read.IsNew(At("b", Noon)), Is.False);
        Assert.That(read.IsNew(At("c", Noon)), Is.True);
        Assert.That(read.Newest, Is.EqualTo(Noon));
    }

    [Test]
    public void A_flood_of_notifications_keeps_the_cursor_small()
    {
        var flood = Enumerable.Range(0, 5000).Select(i => At($"n{i}", Noon.AddMilliseconds(i)));
        var cursor = NotificationCursor.StartingAt(Noon.AddDays(-1)).With(flood, Overlap);
        Assert.That(cursor.ToString(), Has.Length.LessThan(20_000));
        Assert.That(cursor.IsNew(At("n0", Noon)), Is.False);
        Assert.That(cursor.IsNew(At("n4999", Noon.AddMilliseconds(4999))), Is.False);
        Assert.That(cursor.IsNew(At("next", Noon.AddSeconds(5))), Is.True);
    }

    [TestCase(null)]
    [TestCase("rubbish")]
    [TestCase("{}")]
    public void What_is_no_position_of_notifications_means_from_the_start(string? text) => Assert.That(NotificationCursor.Read(text), Is.Null);

    private static NotificationJson At(string name, DateTimeOffset at) =>
        new($"at://did:plc:x/app.bsky.feed.post/{name}", "cid", null, "mention", default(JsonElement), at);
}
