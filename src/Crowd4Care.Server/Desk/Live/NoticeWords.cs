using System.Text.RegularExpressions;
using Crowd4Care.Engagement;
using Crowd4Care.Server.Desk.Shared;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Live;

/// <summary>What a notification says. It stands on screens that others see: no names, and no words of the mention where somebody wants none.</summary>
internal static partial class NoticeWords
{
    private const int LongestQuote = 90;

    public static string Title(Notice notice) => $"{Words.Network(notice.Network)}: {notice.Kind switch
    {
        NoticeKind.Offer => Say("offered to you"),
        NoticeKind.Escalation => Say("new for staff"),
        NoticeKind.Question => Say("an advocate asks"),
        _ => Say("a reply to approve"),
    }}";

    public static string Body(Notice notice, bool isDiscreet) => isDiscreet ? Say("Open it to see what it is about.") : Quote(notice.Text);

    /// <summary>Where a click leads.</summary>
    public static string Path(Notice notice) => $"/mentions/{notice.MentionId}";

    /// <summary>The beginning of a text, without what names or reaches people.</summary>
    public static string Quote(string text)
    {
        var quiet = Blanks().Replace(Numbers().Replace(Links().Replace(Handles().Replace(Addresses().Replace(text, "…"), "@…"), "…"), "…"), " ").Trim();
        if (quiet.Length <= LongestQuote)
            return quiet;

        var end = quiet.LastIndexOf(' ', LongestQuote);
        var cut = end > LongestQuote / 2 ? end : char.IsHighSurrogate(quiet[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
        return quiet[..cut] + "…";
    }

    [GeneratedRegex(@"[^\s@]+@[^\s@]+\.[^\s@]+")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"@[\p{L}\p{N}_.\-]+(@[\p{L}\p{N}.\-]+)?")]
    private static partial Regex Handles();

    [GeneratedRegex(@"https?://\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Links();

    // Numbers of orders, accounts and telephones.
    [GeneratedRegex(@"\+?\d[\d \-/().]{4,}\d")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
