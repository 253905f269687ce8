using System.Diagnostics;
using System.Text;
using Crowd4Care.Language;

namespace Crowd4Care.Tests.Language;

/// <summary>What came of scoring mangled texts. Times are those of the span method.</summary>
/// <param name="Texts">How many mangled texts were scored, long lines included.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="FirstFailure">The first of these, and why.</param>
/// <param name="NanosecondsPerCharacter">Of posts as they were written.</param>
/// <param name="Ratio">Time per character of all mangled texts, to that.</param>
/// <param name="KindRatios">The same by kind.</param>
/// <param name="LongLineRatio">The same of lines of a million characters, the slowest of them.</param>
internal sealed record RobustnessReport(
    int Texts, int Failures, string? FirstFailure, double NanosecondsPerCharacter, double Ratio, IReadOnlyDictionary<string, double> KindRatios, double LongLineRatio);

/// <summary>Scores mangled texts, and as many posts as they were written in between, so that times compare.</summary>
internal sealed class RobustnessCheck(MentionModel model, int seed)
{
    private const int BatchSize = 250;
    private const int LongLine = 1_000_000;
    private const double Tolerance = 1e-3;

    /// <summary>The processor's caches and the compiler need so many batches before times mean something.</summary>
    private const int WarmUp = 16;

    private static readonly string[] LongLines =
        ["a", "why is it broken ", "é", "漢", "😀", "👩\u200D", "e\u0301\u0302\u0303", "!", "#a@b&", "\u200B", "\uD83D", "1,", "&amp;", "\u00FF\u0001"];

    private readonly MangledTexts source = new(seed);
    private readonly float[] probabilities = new float[model.LabelCount];
    private readonly Dictionary<string, Cost> costs = [];
    private int scored;
    private int failures;
    private string? firstFailure;

    public RobustnessReport Run(int texts)
    {
        for (var batch = 0; batch < WarmUp; batch++)
            Measure("warm up", [.. Enumerable.Range(0, BatchSize).Select(_ => source.Post())]);
        for (var batch = 0; scored < texts; batch++)
        {
            var kind = MangledTexts.Kinds[batch % MangledTexts.Kinds.Count];
            string[] mangled = [.. Enumerable.Range(0, Math.Min(BatchSize, texts - scored)).Select(_ => source.Next(kind))];
            Array.ForEach(mangled, Check);
            Measure("posts", [.. mangled.Select(_ => source.Post())]);
            Measure(kind, mangled);
        }

        var longLineRatio = LongLines.Max(LongLineRatio);
        return new RobustnessReport(
            scored,
            failures,
            firstFailure,
            costs["posts"].PerCharacter,
            Ratio(MangledTexts.Kinds.Select(kind => costs.GetValueOrDefault(kind)).Aggregate((one, other) => one + other)),
            MangledTexts.Kinds.Where(costs.ContainsKey).ToDictionary(kind => kind, kind => Ratio(costs[kind])),
            longLineRatio);
    }

    private double LongLineRatio(string part)
    {
        var line = new StringBuilder().Insert(0, part, LongLine / part.Length).ToString();
        Check(line);
        Measure(part, [line, line, line]);
        return Ratio(costs[part]);
    }

    private double Ratio(Cost cost) => Math.Round(cost.PerCharacter / costs["posts"].PerCharacter, 4);

    /// <summary>Counts the text, and whether anything is wrong with its scores.</summary>
    private void Check(string text)
    {
        scored++;
        string? complaint;
        try
        {
            complaint = Complaint(text);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            complaint = failure.ToString();
        }

        if (complaint is null)
            return;
        failures++;
        firstFailure ??= $"{complaint}: {string.Concat(text.Take(300).Select(unit => unit is > ' ' and < '\u007F' ? $"{unit}" : $"\\u{(int)unit:X4}"))}";
    }

    private string? Complaint(string text)
    {
        var scores = model.Score(text);
        probabilities.AsSpan().Fill(float.NaN);
        model.Score(text, probabilities);
        var from = 0;
        for (var h = 0; h < model.Heads.Count; h++)
        {
            var (head, score) = (model.Heads[h], scores[h]);
            var own = probabilities.AsSpan(from, head.Labels.Count);
            from += own.Length;
            var (sum, labels) = (0.0, score.All.ToDictionary(one => one.Label, one => one.Probability));
            for (var i = 0; i < own.Length; i++)
            {
                sum += own[i];
                if (!(own[i] >= 0) || !labels.TryGetValue(head.Labels[i], out var other) || !(Math.Abs(own[i] - other) < 1e-6))
                    return $"{head.Name}, {head.Labels[i]}: {own[i]}";
            }

            if (!(Math.Abs(sum - 1) <= Tolerance))
                return $"{head.Name}: the probabilities add up to {sum}";
            if (labels.Count != own.Length || !labels.TryGetValue(score.Label, out var chosen) || chosen != score.Probability)
                return $"{head.Name}: {score.Label} with {score.Probability}";
        }

        return null;
    }

    private void Measure(string kind, string[] texts)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var text in texts)
            model.Score(text, probabilities);
        var took = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        costs[kind] = costs.GetValueOrDefault(kind) + new Cost(took, texts.Sum(text => text.Length));
    }

    private readonly record struct Cost(double Nanoseconds, long Characters)
    {
        public double PerCharacter => Nanoseconds / Math.Max(Characters, 1);

        public static Cost operator +(Cost one, Cost other) => new(one.Nanoseconds + other.Nanoseconds, one.Characters + other.Characters);
    }
}
