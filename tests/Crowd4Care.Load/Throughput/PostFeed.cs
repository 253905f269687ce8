using Crowd4Care.Load.Commands;
using Crowd4Care.Load.Mentions;

namespace Crowd4Care.Load.Throughput;

/// <summary>Gives the mentions of a run, generated or recorded, each once.</summary>
internal sealed class PostFeed
{
    private const int LargestBatch = 500;

    private readonly Lock gate = new();
    private readonly PostGenerator generator;
    private readonly IEnumerator<string>? recorded;

    public PostFeed(LoadPlan plan)
    {
        generator = new PostGenerator(plan.Seed, TimeProvider.System);
        recorded = plan.File is { } file ? File.ReadLines(file).GetEnumerator() : null;
    }

    /// <summary>The next so many, in bodies of at most 500.</summary>
    public IReadOnlyList<PostBatch> Batches(int count)
    {
        lock (gate)
            return recorded is null ? [.. PostBatch.Of(generator.Take(count), LargestBatch)] : [.. PostBatch.OfLines(Lines(recorded, count), LargestBatch)];
    }

    private static List<string> Lines(IEnumerator<string> from, int count)
    {
        var lines = new List<string>(count);
        while (lines.Count < count)
        {
            if (!from.MoveNext())
                throw new UsageException($"--file has too few lines: {count - lines.Count} more mentions are needed; lower --mentions.");
            lines.Add(from.Current);
        }

        return lines;
    }
}
