using Crowd4Care.Load.Mentions;

namespace Crowd4Care.Load.Faults;

/// <summary>
/// Customers write all the time: some posts are pushed by a program that tries again until it is told yes, some are heard in the stream,
/// some come both ways.
/// </summary>
internal sealed class Traffic(ApiUser pusher, NetworkRecords network, Ledger ledger, int seed)
{
    private const int LargestPush = 12;
    private const double OnlyStream = 0.35;
    private const double BothWays = 0.10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.6);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly PostGenerator generator = new(seed, TimeProvider.System);
    private readonly Random random = new(seed);

    /// <summary>Goes on until <paramref name="stop"/>; what is under way then is brought to its end.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        while (!stop.IsCancellationRequested)
        {
            var pushed = new List<GeneratedPost>();
            foreach (var post in Generate(random.Next(1, LargestPush)))
            {
                var way = random.NextDouble();
                network.Publish(post, inStream: way < OnlyStream + BothWays, pushed: way >= OnlyStream);
                if (way >= OnlyStream)
                    pushed.Add(post);
            }

            if (pushed.Count > 0)
                await PushAsync(pushed, abort);
            await Task.Delay(Pause * (0.5 + random.NextDouble()), TimeProvider.System, abort);
        }
    }

    /// <summary>Pushes one mention until it is taken, and answers its external id.</summary>
    public async Task<string> PushOneAsync(CancellationToken abort)
    {
        var post = Generate(1).Single();
        network.Publish(post, inStream: false, pushed: true);
        await PushAsync([post], abort);
        return post.Id;
    }

    private async Task PushAsync(IReadOnlyCollection<GeneratedPost> posts, CancellationToken abort)
    {
        var body = PostBatch.Of(posts).Body;
        while (true)
        {
            var answer = await pusher.PostBytesAsync("mentions", body, abort);
            if (answer.Succeeded && (int?)answer.Body?["accepted"] + (int?)answer.Body?["duplicates"] == posts.Count)
                break;
            if (!answer.IsUncertain)
                throw new InvalidOperationException($"A push was answered with {answer.Status}: {answer.Body?.ToJsonString()}");

            await Task.Delay(RetryAfter, TimeProvider.System, abort);
        }

        foreach (var post in posts)
            ledger.AddMention(post.Id);
    }

    private IReadOnlyList<GeneratedPost> Generate(int count)
    {
        lock (gate)
            return [.. generator.Take(count)];
    }
}
