using System.Globalization;
using Crowd4Care.Contracts;
using Crowd4Care.Routing.Matching;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Shared;

/// <summary>What the desk calls things.</summary>
internal static class Words
{
    public static string Language(string? code) => code switch
    {
        null or "" => "",
        Heads.Undetermined => Say("unknown language"),
        _ => Known(code),
    };

    /// <summary>A label of a head as people read it.</summary>
    public static string Label(string head, string label) => Capital(head == Heads.Language ? Language(label) : Plain(label));

    /// <summary>What a head asks, as people read it.</summary>
    public static string Head(string head) => head switch
    {
        "technical" => Say("Needs an expert"),
        "purchase" => Say("Wants to buy"),
        "idea" => Say("Has an idea"),
        "about" => Say("Is about"),
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
        "demo" => Say("Demo network"),
        _ => Capital(name),
    };

    public static string Status(MentionStatus status) => status switch
    {
        MentionStatus.Received => Say("just in"),
        MentionStatus.Classified => Say("being routed"),
        MentionStatus.Open => Say("with the crowd"),
        MentionStatus.Claimed => Say("being answered"),
        MentionStatus.Escalated => Say("with staff"),
        MentionStatus.Approval => Say("waits for approval"),
        MentionStatus.Answered => Say("answered"),
        MentionStatus.Resolved => Say("resolved"),
        MentionStatus.Ignored => Say("needs no answer"),
        _ => Say("deleted"),
    };

    /// <summary>The parts of an advocate's sum that count: <c>topic 34 % · free capacity 3 %</c>.</summary>
    public static string Parts(CandidateScore candidate) =>
        string.Join(" · ", candidate.Parts.Where(p => p.Value > 0.005).Select(p => $"{Plain(p.Name)} {Percent(p.Value)}"));

    /// <summary>What a part of a priority is called; the id of the rule that added it as it is.</summary>
    public static string PriorityPart(string name) => name is Routing.PriorityPart.AngerName or Routing.PriorityPart.ReachName ? Say(name) : name;

    /// <summary>What a role is called.</summary>
    public static string Role(Role role) => role switch
    {
        Contracts.Role.Advocate => Say("Advocate"),
        Contracts.Role.Agent => Say("Agent"),
        _ => Say("Admin"),
    };

    /// <summary>The same of a role as it is stored; as it stands for what is none.</summary>
    public static string Role(string? stored) => Enum.TryParse<Role>(stored, ignoreCase: true, out var role) ? Role(role) : stored ?? "";

    /// <summary>The work whose messages a failed queue holds: <c>classify-mentions_error</c> → Scoring mentions.</summary>
    public static string Work(string queue)
    {
        var name = queue.Split('_')[0];
        return name switch
        {
            "classify-mentions" => Say("Scoring mentions"),
            "route-mentions" => Say("Deciding who gets a mention"),
            "offer-mentions" => Say("Offering mentions to advocates"),
            _ when IsOfReplies(queue) => Say("Sending replies to {0}", Network(name["send-reply-".Length..])),
            _ => Capital(Plain(name)),
        };
    }

    /// <summary>Whose replies wait for approval, after the word replies: <c>of advocates of trust 0</c>.</summary>
    public static string WhoseReplies(int belowTrust) => belowTrust switch
    {
        0 => Say("of nobody"),
        1 => Say("of advocates of trust 0"),
        5 => Say("of all advocates"),
        _ => Phrase($"of advocates of trust 0 to {belowTrust - 1}"),
    };

    /// <summary>Whether the messages of a failed queue are about replies; the others are about mentions.</summary>
    public static bool IsOfReplies(string queue) => queue.StartsWith("send-reply-", StringComparison.Ordinal);

    /// <summary>Plain words: <c>order-status</c> → order status.</summary>
    public static string Plain(string? label) => Say((label ?? "").Replace('-', ' ').Replace('_', ' '));

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
    public static string List(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names) : Phrase($"{string.Join(", ", names.SkipLast(1))} and {names[^1]}");

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
        { TotalSeconds: < 45 } => inSentence ? Say("just now") : Say("now"),
        _ => inSentence ? Phrase($"{Length(age)} ago") : Length(age),
    };

    /// <summary>4:05, or 2 h 10 min.</summary>
    public static string Left(TimeSpan left) => left switch
    {
        { Ticks: <= 0 } => "0:00",
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalMinutes}:{left.Seconds:00}"),
        { TotalHours: < 48 } => Say("{0} h {1} min", (int)left.TotalHours, left.Minutes.ToString("00", CultureInfo.InvariantCulture)),
        _ => Phrase($"{(int)left.TotalDays} days"),
    };

    /// <summary>20 minutes, 30 seconds: a length of time in a sentence.</summary>
    public static string Minutes(TimeSpan time) => time.TotalSeconds switch
    {
        < 1.5 => Say("1 second"),
        < 90 => Phrase($"{Math.Round(time.TotalSeconds)} seconds"),
        _ => Phrase($"{Math.Round(time.TotalMinutes)} minutes"),
    };

    /// <summary>Keep it 20 more minutes: what a button says that lengthens a claim.</summary>
    public static string More(TimeSpan time) => time.TotalSeconds < 90
        ? Phrase($"Keep it {Math.Max(1, Math.Round(time.TotalSeconds))} more seconds") : Phrase($"Keep it {Math.Round(time.TotalMinutes)} more minutes");

    private static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 60 } => Phrase($"{Math.Max(1, (int)time.TotalMinutes)} min"),
        { TotalHours: < 24 } => Phrase($"{(int)time.TotalHours} h"),
        _ => Phrase($"{(int)time.TotalDays} d"),
    };

    private static string Known(string code)
    {
        try
        {
            var name = CultureInfo.GetCultureInfo(code).DisplayName;
            return name.StartsWith("Unknown", StringComparison.Ordinal) || name.Length == 0 ? code : name;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }
}
