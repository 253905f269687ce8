using System.Globalization;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Desk.Shared;

namespace Crowd4Care.Server.Desk.Conversation;

/// <summary>A stretch of a mention's text: plain, or one that caused a score.</summary>
/// <param name="Text">The stretch.</param>
/// <param name="Head">The head that it spoke for most; null for plain text.</param>
/// <param name="Title">What it caused, in words.</param>
internal sealed record TextSegment(string Text, string? Head, string? Title)
{
    /// <summary>Cuts a text so that stretches that overlap go to the strongest cause.</summary>
    public static IReadOnlyList<TextSegment> Of(string text, MentionScore? score)
    {
        var owner = new (Score Head, ScoreCause Cause)?[text.Length];
        // Not for what nobody would ask: why a text is calm, or English.
        var causes = (score?.Heads ?? []).Where(h => h.Head != Heads.Language && !Words.IsQuiet(h.Head, h.Label))
            .SelectMany(h => h.Causes.Where(c => c.Weight > 0).Take(3).Select(c => (Head: h, Cause: c)))
            .OrderBy(c => c.Cause.Weight);
        foreach (var cause in causes)
        {
            var end = Math.Min(text.Length, cause.Cause.Start + cause.Cause.Length);
            for (var i = Math.Max(0, cause.Cause.Start); i < end; i++)
                owner[i] = cause;
        }

        var segments = new List<TextSegment>();
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            // A surrogate pair is never cut.
            while (end < text.Length && (Equals(owner[end], owner[start]) || char.IsLowSurrogate(text[end])))
                end++;
            segments.Add(new TextSegment(
                text[start..end], owner[start]?.Head.Head,
                owner[start] is { } by ? string.Create(CultureInfo.InvariantCulture, $"{by.Head.Head}: {by.Head.Label}, {by.Cause.Weight:+0.00}") : null));
            start = end;
        }

        return segments;
    }
}
