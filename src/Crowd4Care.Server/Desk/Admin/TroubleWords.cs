using System.Globalization;
using Crowd4Care.Networks;
using Crowd4Care.Server.Desk.Shared;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Admin;

/// <summary>What the trouble of a channel means, and what to do about it, in words for who has to do it.</summary>
internal static class TroubleWords
{
    public static (string Means, string Do) Of(ChannelTrouble trouble, string network, DateTimeOffset now)
    {
        var name = Words.Network(network);
        return trouble.Kind switch
        {
            TroubleKind.SignIn => (
                Phrase($"{name} does not accept the account’s app password any more, or the account itself."),
                Phrase($"Make a new app password on {name} (Settings, Privacy and security, App passwords), put it in with Edit, then Test.")),
            TroubleKind.Throttled => (
                trouble.RetryAt is { } until && until > now
                    ? Phrase($"{name} asks us to wait until {until.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)} ({Words.Left(until - now)} from now).")
                    : Phrase($"{name} asks us to slow down."),
                Say("Nothing to do: it goes on by itself, and nothing is lost.")),
            TroubleKind.Unreachable => (
                Phrase($"{name} can’t be reached: it does not answer, or its name is not found."),
                Say("It is tried again and again. If it lasts, see whether this server reaches the internet, and whether the addresses under Edit, Other servers are right.")),
            TroubleKind.ServerFault => (Phrase($"{name} has a fault of its own."), Say("It is tried again and again; usually it passes within minutes.")),
            TroubleKind.Refused => (Phrase($"{name} refuses what this channel asks for."), Say("See what it says below; Test shows whether it still does.")),
            TroubleKind.Settings => (Say("The channel’s settings need mending."), Say("See below what is wrong, and change it with Edit.")),
            _ => (Say("Something went wrong here, not on the network."), Say("It is tried again and again. If it lasts, your operator finds more in the log and under Health.")),
        };
    }

    /// <summary>What a part of a channel does: <c>jetstream</c> → Public posts.</summary>
    public static string Part(string part) => part switch
    {
        "jetstream" => Say("Public posts"),
        "notifications" => Say("Mentions and replies"),
        ChannelHealthStore.Replies => Say("Sending replies"),
        "samples" => Say("Sample mentions"),
        "reactions" => Say("Customers’ answers"),
        _ => Words.Capital(Words.Plain(part)),
    };

    public static (string Class, string Text) State(ChannelCondition condition) => condition switch
    {
        ChannelCondition.Off => ("is-off", Say("Off")),
        ChannelCondition.Starting => ("is-waiting", Say("Starting")),
        ChannelCondition.Listening => ("is-good", Say("Listening")),
        ChannelCondition.Trying => ("is-escalated", Say("Trying again")),
        ChannelCondition.NeedsSomebody => ("is-bad", Say("Needs you")),
        _ => ("is-bad", Say("Silent")),
    };

    /// <summary>How far a stream is behind, in a sentence.</summary>
    public static string Lag(ChannelPart part, DateTimeOffset now) => part switch
    {
        { PositionAt: { } position } when now - position is var behind && behind > UpToDate => Phrase($"{Words.Minutes(behind)} behind"),
        { PositionAt: not null } => Say("up to date"),
        { PostAt: { } post, StoredAt: { } stored } => Phrase($"newest post here after {Words.Minutes(stored > post ? stored - post : TimeSpan.Zero)}"),
        _ => Say("no post yet"),
    };

    // Who listens reports every quarter of a minute, and a stream may be quiet for as long.
    private static readonly TimeSpan UpToDate = TimeSpan.FromSeconds(60);
}
