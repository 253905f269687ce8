using System.Globalization;
using Crowd4Care.Contracts;

namespace Crowd4Care.Server.Desk.Shared;

/// <summary>What the desk calls things.</summary>
internal static class Words
{
    public static string Language(string? code) => code switch
    {
        null or "" => "",
        Heads.Undetermined => "unknown language",
        _ => Known(code),
    };

    /// <summary>A label of a head as people read it.</summary>
    public static string Label(string head, string label) => Capital(head == Heads.Language ? Language(label) : Plain(label));

    /// <summary>What a head asks, as people read it.</summary>
    public static string Head(string head) => head switch
    {
        "technical" => "Needs an expert",
        "purchase" => "Wants to buy",
        "idea" => "Has an idea",
        "about" => "Is about",
        _ => Capital(Plain(head)),
    };

    /// <summary>Whether an answer says that there is nothing to say: calm, clean, no spam.</summary>
    public static bool IsQuiet(string head, string label) =>
        label is "no" or "none" or "calm" or "clean" or "literal" or "genuine" or "company" || (head == "complaint" && label == "other");

    public static string Network(string name) => name switch
    {
        "bluesky" => "Bluesky",
        "mastodon" => "Mastodon",
        "x" or "twitter" => "X",
        "reddit" => "Reddit",
        "threads" => "Threads",
        "demo" => "Demo network",
        _ => Capital(name),
    };

    public static string Status(MentionStatus status) => status switch
    {
        MentionStatus.Received => "just in",
        MentionStatus.Classified => "being routed",
        MentionStatus.Open => "with the crowd",
        MentionStatus.Claimed => "being answered",
        MentionStatus.Escalated => "with staff",
        MentionStatus.Approval => "waits for approval",
        MentionStatus.Answered => "answered",
        MentionStatus.Resolved => "resolved",
        MentionStatus.Ignored => "needs no answer",
        _ => "deleted",
    };

    /// <summary>The work whose messages a failed queue holds: <c>classify-mentions_error</c> → Scoring mentions.</summary>
    public static string Work(string queue)
    {
        var name = queue.Split('_')[0];
        return name switch
        {
            "classify-mentions" => "Scoring mentions",
            "route-mentions" => "Deciding who gets a mention",
            "offer-mentions" => "Offering mentions to advocates",
            _ when IsOfReplies(queue) => $"Sending replies to {Network(name["send-reply-".Length..])}",
            _ => Capital(Plain(name)),
        };
    }

    /// <summary>Whose replies wait for approval, after the word replies: <c>of advocates of trust 0</c>.</summary>
    public static string WhoseReplies(int belowTrust) => belowTrust switch
    {
        0 => "of nobody",
        1 => "of advocates of trust 0",
        5 => "of all advocates",
        _ => string.Create(CultureInfo.InvariantCulture, $"of advocates of trust 0 to {belowTrust - 1}"),
    };

    /// <summary>Whether the messages of a failed queue are about replies; the others are about mentions.</summary>
    public static bool IsOfReplies(string queue) => queue.StartsWith("send-reply-", StringComparison.Ordinal);

    /// <summary>What is wrong with the messages of a failed queue.</summary>
    public static string WorkProblem(string queue) => queue.EndsWith("_skipped", StringComparison.Ordinal) ? "not understood by any process" : "failed";

    /// <summary>Plain words: <c>order-status</c> → order status.</summary>
    public static string Plain(string? label) => (label ?? "").Replace('-', ' ').Replace('_', ' ');

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The number of a page in an address; 1 for what is none.</summary>
    public static int Page(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 10_000) : 1;

    /// <summary>1234 → 1.2k.</summary>
    public static string Short(int number) => number switch
    {
        >= 1_000_000 => (number / 1_000_000.0).ToString("0.#", CultureInfo.InvariantCulture) + "M",
        >= 10_000 => (number / 1000).ToString(CultureInfo.InvariantCulture) + "k",
        >= 1000 => (number / 1000.0).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    public static string Percent(double share) => Number(share) + " %";

    /// <summary>0.72 → 72, where the sign follows elsewhere.</summary>
    public static string Number(double share) => Math.Round(share * 100).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>Length of a bar, as SVG takes it.</summary>
    public static string Bar(double share) => (Math.Clamp(share, 0, 1) * 100).ToString("0.#", CultureInfo.InvariantCulture);

    public static bool IsWebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    /// <summary>Olga, Sam and Alex.</summary>
    public static string List(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    /// <summary>The first letters of a name, for an avatar.</summary>
    public static string Initials(string? name)
    {
        var words = (name ?? "").Split([' ', '_', '.', '-'], StringSplitOptions.RemoveEmptyEntries)
            .Select(w => StringInfo.GetNextTextElement(w)).Where(w => char.IsLetterOrDigit(w, 0)).ToList();
        return string.Concat(words.Count > 1 ? [words[0], words[^1]] : words.Take(1)).ToUpperInvariant();
    }

    /// <summary>One of eight tints that stays with a name.</summary>
    public static int Tint(string text) => text.Aggregate(17, (sum, c) => (sum * 31 + c) & 0xffff) % 8;

    /// <summary>For pages without script; script shows the same and keeps it fresh.</summary>
    public static string Ago(TimeSpan age, bool inSentence = false) => age switch
    {
        { TotalSeconds: < 45 } => inSentence ? "just now" : "now",
        { TotalMinutes: < 60 } => Whole(Math.Max(1, age.TotalMinutes), inSentence ? "min ago" : "min"),
        { TotalHours: < 24 } => Whole(age.TotalHours, inSentence ? "h ago" : "h"),
        _ => Whole(age.TotalDays, inSentence ? "d ago" : "d"),
    };

    /// <summary>4:05, or 2 h 10 min.</summary>
    public static string Left(TimeSpan left) => left switch
    {
        { Ticks: <= 0 } => "0:00",
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalMinutes}:{left.Seconds:00}"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours} h {left.Minutes:00} min"),
        _ => Whole(left.TotalDays, "days"),
    };

    /// <summary>20 minutes, 30 seconds: a length of time in a sentence.</summary>
    public static string Minutes(TimeSpan time) => time.TotalSeconds switch
    {
        < 1.5 => "1 second",
        < 90 => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(time.TotalSeconds)} seconds"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(time.TotalMinutes)} minutes"),
    };

    private static string Whole(double number, string unit) => ((int)number).ToString(CultureInfo.InvariantCulture) + " " + unit;

    private static string Known(string code)
    {
        try
        {
            var name = CultureInfo.GetCultureInfo(code).EnglishName;
            return name.StartsWith("Unknown", StringComparison.Ordinal) || name.Length == 0 ? code : name;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }
}
