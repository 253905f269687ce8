using System.Globalization;
using System.Text;

namespace Crowd4Care.Load.Mentions;

/// <summary>
/// Makes posts that look like a brand's mentions: several languages and moods, about as long as real ones (a median near 100 characters,
/// some of nearly 300), few authors who write a lot and many who write once, answers in threads, reposts. The same seed makes the same.
/// </summary>
internal sealed class PostGenerator(int seed, TimeProvider clock)
{
    private const int Authors = 20_000;
    private const int ThreadsRemembered = 500;
    private const double Reposts = 0.03;
    private const double Answers = 0.12;
    private const double DeclareLanguage = 0.7;
    private const double MedianLength = 95;
    private const int LongestText = 295;

    private static readonly string[] Products = ["Router X2", "Lamp Duo", "AirKettle", "Speaker Mini", "CloudBox", "Thermo 300", "app", "TravelPlug"];

    private readonly Random random = new(seed);
    private readonly List<string> threads = [];
    private long made;

    /// <summary>The next post.</summary>
    public GeneratedPost Next()
    {
        made++;
        var author = Author();
        var language = Sentences.Languages[HeavyTail(Sentences.Languages.Count)];
        var post = new GeneratedPost
        {
            Did = $"did:plc:{Letters(author, 24)}",
            Key = $"3l{Letters(seed * 7919L + made * 104_729L, 5)}{made:d6}",
            Handle = string.Create(CultureInfo.InvariantCulture, $"{Letters(author, 7)}{author % 90}.example.social"),
            Name = Sentences.Names[author % Sentences.Names.Count],
            Followers = (int)Math.Min(2_000_000, 30 * Math.Exp(2.2 * Normal())),
            Text = Text(language),
            Language = random.NextDouble() < DeclareLanguage ? language : null,
            CreatedAt = clock.GetUtcNow(),
            InReplyTo = threads.Count > 0 && random.NextDouble() < Answers ? threads[random.Next(threads.Count)] : null,
        };
        if (random.NextDouble() < Reposts)
            post = post with { IsRepost = true };
        Remember(post.Id);
        return post;
    }

    /// <summary>Many posts.</summary>
    public IEnumerable<GeneratedPost> Take(int count) => Enumerable.Range(0, count).Select(_ => Next());

    private int Author() => HeavyTail(Authors);

    // The n-th has about a n-th of what the first has.
    private int HeavyTail(int count) => (int)Math.Exp(random.NextDouble() * Math.Log(count));

    private string Text(string language)
    {
        var mood = Sentences.Moods[Mood()];
        var wanted = Math.Clamp(MedianLength * Math.Exp(0.55 * Normal()), 15, LongestText);
        var text = new StringBuilder("@brand.example ");
        do
        {
            var sentence = Sentences.Any(language, mood, random).Replace("{product}", Products[random.Next(Products.Length)], StringComparison.Ordinal);
            if (text.Length + sentence.Length > LongestText)
                break;
            text.Append(sentence).Append(' ');
        }
        while (text.Length < wanted);
        return text.ToString().TrimEnd();
    }

    // Question, praise, complaint, fault, chat.
    private int Mood() => random.NextDouble() switch { < 0.36 => 0, < 0.52 => 1, < 0.67 => 2, < 0.85 => 3, _ => 4 };

    private void Remember(string id)
    {
        if (threads.Count < ThreadsRemembered)
            threads.Add(id);
        else
            threads[random.Next(ThreadsRemembered)] = id;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // The letters of record keys and account identifiers; the same number gives the same letters.
    private static string Letters(long number, int length)
    {
        var state = (ulong)number * 0x9E3779B97F4A7C15 + 0x1234567;
        return string.Create(length, state, static (text, from) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                from = from * 6364136223846793005 + 1442695040888963407;
                text[i] = "234567abcdefghijklmnopqrstuvwxyz"[(int)(from >> 59)];
            }
        });
    }
}
