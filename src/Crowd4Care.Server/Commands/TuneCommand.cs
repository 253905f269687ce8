using System.Globalization;
using Crowd4Care.Classification;
using Crowd4Care.Server.Hosting;

namespace Crowd4Care.Server.Commands;

/// <summary><c>train --corrections</c>: a candidate of the live model and all corrections, live at once when it is better.</summary>
internal static class TuneCommand
{
    public static async Task<int> RunAsync(IEnumerable<KeyValuePair<string, string?>> settings, int seed, bool force, CancellationToken cancellationToken)
    {
        using var host = CrowdHost.ForCommand(settings);
        CrowdHost.ExistingStorage(host.Services);
        await CrowdHost.PrepareAsync(host.Services, cancellationToken);
        var result = await host.Services.GetRequiredService<CorrectionTraining>().RunAsync(seed, force, cancellationToken: cancellationToken);
        if (result is null)
            Console.WriteLine("There is nothing to learn: no corrections that are not held out, or none that change anything.");
        else
            Print(result, Console.Out);

        var own = await host.Services.GetRequiredService<BrandHeadTraining>().RunAsync(seed, cancellationToken);
        if (own.Count > 0)
            Console.WriteLine($"\nThe brands' own heads\n{string.Join('\n', own)}");
        return 0;
    }

    internal static void Print(TrainingResult result, TextWriter output)
    {
        output.WriteLine($"{result.Candidate}, of {result.Parent} and {result.Figures.Learned} corrections");
        PrintTable("Own held-out posts", result.Figures.Own, output);
        PrintTable("Held-out corrections", result.Figures.Corrections, output);
        foreach (var (where, heads) in new[] { ("own posts", result.Figures.Own), ("corrections", result.Figures.Corrections) })
        {
            foreach (var head in heads.Where(h => !h.Before.Cells.SequenceEqual(h.After.Cells)))
                PrintConfusion($"{head.Head}, {where}: right label by label given, before > after", head, output);
        }

        output.WriteLine();
        output.WriteLine(result.Verdict);
        output.WriteLine(result.IsLive ? "It is live now; servers take it within seconds." : "It is kept as a candidate.");
    }

    private static void PrintTable(string title, IReadOnlyList<HeadFigures> heads, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{title,-22} texts  accuracy           macro-F1");
        foreach (var head in heads)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{head.Head,-22} {head.After.Count,5}  {head.Before.Accuracy:0.000} > {head.After.Accuracy:0.000}      {head.Before.MacroF1:0.000} > {head.After.MacroF1:0.000}"));
        }
    }

    // A line for each right label: what was given for it, and how often.
    private static void PrintConfusion(string title, HeadFigures head, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(title);
        foreach (var label in head.After.Cells.Select(c => c.Label).Distinct())
        {
            var given = head.Before.Labels.Union(head.After.Labels)
                .Select(g => (Label: g, Before: head.Before.At(label, g), After: head.After.At(label, g))).Where(g => g.Before + g.After > 0);
            output.WriteLine($"  {label}: {string.Join(", ", given.Select(g => g.Before == g.After ? $"{g.Label} {g.After}" : $"{g.Label} {g.Before} > {g.After}"))}");
        }
    }
}
