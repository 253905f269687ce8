using System.Net.Sockets;
using Crowd4Care.Networks;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Networks;

public sealed class ChannelHealthTests
{
    private static readonly DateTimeOffset Now = Some.Noon;

    [TestCase(TroubleKind.SignIn, ChannelCondition.NeedsSomebody)]
    [TestCase(TroubleKind.Settings, ChannelCondition.NeedsSomebody)]
    [TestCase(TroubleKind.Refused, ChannelCondition.NeedsSomebody)]
    [TestCase(TroubleKind.Throttled, ChannelCondition.Trying)]
    [TestCase(TroubleKind.Unreachable, ChannelCondition.Trying)]
    [TestCase(TroubleKind.ServerFault, ChannelCondition.Trying)]
    public void What_does_not_pass_by_itself_needs_somebody(TroubleKind kind, ChannelCondition expected)
    {
        var health = Of(Part("stream"), Part("other", trouble: kind));
        Assert.That(health.Condition(true, Now), Is.EqualTo(expected));
        Assert.That(health.Condition(false, Now), Is.EqualTo(ChannelCondition.Off));
    }

    [Test]
    public void A_channel_is_silent_when_no_stream_reported_for_minutes()
    {
        Assert.That(Of().Condition(true, Now), Is.EqualTo(ChannelCondition.Starting));
        Assert.That(Of(Part("slow", 600), Part("quick", 10)).Condition(true, Now), Is.EqualTo(ChannelCondition.Listening), "one that speaks seldom is no silence");
        Assert.That(Of(Part("stream", 121)).Condition(true, Now), Is.EqualTo(ChannelCondition.Silent));
        Assert.That(Of(Part("stream", 600), Part(ChannelHealthStore.Replies, 1)).Condition(true, Now), Is.EqualTo(ChannelCondition.Silent), "to send is not to listen");
    }

    [Test]
    public void Exceptions_are_told_apart()
    {
        Assert.That(ChannelTrouble.Of(new HttpRequestException("No such host")).Kind, Is.EqualTo(TroubleKind.Unreachable));
        Assert.That(ChannelTrouble.Of(new TimeoutException()).Kind, Is.EqualTo(TroubleKind.Unreachable));
        Assert.That(ChannelTrouble.Of(new SocketException()).Kind, Is.EqualTo(TroubleKind.Unreachable));
        Assert.That(ChannelTrouble.Of(new NetworkException("no address")).Kind, Is.EqualTo(TroubleKind.Settings));
        Assert.That(ChannelTrouble.Of(new NetworkException("refused") { Kind = TroubleKind.SignIn }).Kind, Is.EqualTo(TroubleKind.SignIn));
        Assert.That(ChannelTrouble.Of(new InvalidOperationException("?")).Kind, Is.EqualTo(TroubleKind.Other));
    }

    private static ChannelHealth Of(params IReadOnlyList<ChannelPart> parts) => new(parts, 0, 0);

    private static ChannelPart Part(string name, int secondsAgo = 5, TroubleKind? trouble = null) => new()
    {
        Name = name, HeardAt = Now.AddSeconds(-secondsAgo), Trouble = trouble is { } kind ? new ChannelTrouble(kind, "") : null,
    };
}
