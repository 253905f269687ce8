using System.Globalization;
using Crowd4Care.Networks;
using Crowd4Care.Server.Desk.Shared;

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
                $"{name} does not accept the account’s app password any more, or the account itself.",
                $"Make a new app password on {name} (Settings, Privacy and security, App passwords), put it in with Edit, then Test."),
            TroubleKind.Throttled => (
                trouble.RetryAt is { } until && until > now
                    ? $"{name} asks us to wait until {until.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)} ({Words.Left(until - now)} from now)."
                    : $"{name} asks us to slow down.",
                "Nothing to do: it goes on by itself, and nothing is lost."),
            TroubleKind.Unreachable => (
                $"{name} can’t be reached: it does not answer, or its name is not found.",
                "It is tried again and again. If it lasts, see whether this server reaches the internet, and whether the addresses under Edit, Other servers are right."),
            TroubleKind.ServerFault => ($"{name} has a fault of its own.", "It is tried again and again; usually it passes within minutes."),
            TroubleKind.Refused => ($"{name} refuses what this channel asks for.", "See what it says below; Test shows whether it still does."),
            TroubleKind.Settings => ("The channel’s settings need mending.", "See below what is wrong, and change it with Edit."),
            _ => ("Something went wrong here, not on the network.", "It is tried again and again. If it lasts, your operator finds more in the log and under Health."),
        };
    }

    /// <summary>What a part of a channel does: <c>jetstream</c> → Public posts.</summary>
    public static string Part(string part) => part switch
    {
        "jetstream" => "Public posts",
        "notifications" => "Mentions and replies",
        ChannelHealthStore.Replies => "Sending replies",
        "samples" => "Sample mentions",
        "reactions" => "Customers’ answers",
        _ => Words.Capital(Words.Plain(part)),
    };

    public static (string Class, string Text) State(ChannelCondition condition) => condition switch
    {
        ChannelCondition.Off => ("is-off", "Off"),
        ChannelCondition.Starting => ("is-waiting", "Starting"),
        ChannelCondition.Listening => ("is-good", "Listening"),
        ChannelCondition.Trying => ("is-escalated", "Trying again"),
        ChannelCondition.NeedsSomebody => ("is-bad", "Needs you"),
        _ => ("is-bad", "Silent"),
    };

    /// <summary>How far a stream is behind, in a sentence.</summary>
    public static string Lag(ChannelPart part, DateTimeOffset now) => part switch
    {
        { PositionAt: { } position } when now - position is var behind && behind > UpToDate => $"{Words.Minutes(behind)} behind",
        { PositionAt: not null } => "up to date",
        { PostAt: { } post, StoredAt: { } stored } => $"newest post here after {Words.Minutes(stored > post ? stored - post : TimeSpan.Zero)}",
        _ => "no post yet",
    };

    // Who listens reports every quarter of a minute, and a stream may be quiet for as long.
    private static readonly TimeSpan UpToDate = TimeSpan.FromSeconds(60);
}
