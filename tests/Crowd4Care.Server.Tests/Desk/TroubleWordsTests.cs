using Crowd4Care.Networks;
using Crowd4Care.Server.Desk.Admin;

namespace Crowd4Care.Server.Tests.Desk;

public sealed class TroubleWordsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [TestCase(TroubleKind.SignIn, "Bluesky does not accept the account’s app password", "Make a new app password on Bluesky")]
    [TestCase(TroubleKind.Unreachable, "Bluesky can’t be reached", "It is tried again and again")]
    [TestCase(TroubleKind.ServerFault, "Bluesky has a fault of its own", "It is tried again and again")]
    [TestCase(TroubleKind.Settings, "The channel’s settings need mending", "change it with Edit")]
    [TestCase(TroubleKind.Throttled, "Bluesky asks us to slow down", "Nothing to do")]
    public void Trouble_is_told_in_plain_words_with_what_to_do(TroubleKind kind, string means, string toDo)
    {
        var words = TroubleWords.Of(new ChannelTrouble(kind, "401 AuthenticationRequired"), "bluesky", Noon);
        Assert.That(words.Means, Does.StartWith(means).And.Not.Contain("401"));
        Assert.That(words.Do, Does.Contain(toDo));
    }

    [Test]
    public void A_pause_is_told_with_its_end() =>
        Assert.That(TroubleWords.Of(new ChannelTrouble(TroubleKind.Throttled, "", Noon.AddMinutes(5)), "bluesky", Noon).Means, Is.EqualTo("Bluesky asks us to wait until 12:05 UTC (5:00 from now)."));

    [TestCase(4, "up to date")]
    [TestCase(240, "4 minutes behind")]
    public void A_stream_is_up_to_date_or_behind(int seconds, string expected) =>
        Assert.That(TroubleWords.Lag(new ChannelPart { Name = "jetstream", PositionAt = Noon.AddSeconds(-seconds) }, Noon), Is.EqualTo(expected));

    [Test]
    public void Without_a_position_the_newest_post_tells()
    {
        Assert.That(TroubleWords.Lag(new ChannelPart { Name = "samples", PostAt = Noon.AddSeconds(-3), StoredAt = Noon }, Noon), Is.EqualTo("newest post here after 3 seconds"));
        Assert.That(TroubleWords.Lag(new ChannelPart { Name = "samples" }, Noon), Is.EqualTo("no post yet"));
    }
}
