using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Crowd4Care.Server.Tests.TestBed;

/// <summary>Makes arbitrary valid values. A post's id is never made twice in a test run.</summary>
internal static class Some
{
    private static readonly string[] Openings = ["Hello", "Hi there", "Good morning", "Dear team", "Hey"];
    private static readonly string[] Subjects = ["the blue lamp", "my new kettle", "the garden speaker", "your travel mug", "the reading light", "the spring catalogue"];
    private static readonly string[] Questions =
    [
        "do you ship {0} to Ireland", "which colours does {0} come in", "can I give {0} as a present", "is {0} in the shop on Saturday",
        "my sister loves {0}, thank you", "how long is the guarantee on {0}", "where can I look at {0} before I buy it",
    ];

    private static int made;

    public static string Id() => string.Create(CultureInfo.InvariantCulture, $"post-{Interlocked.Increment(ref made)}");

    /// <summary>A friendly question in English, which goes to the crowd.</summary>
    public static object Post(string? id = null, string? text = null, string author = "zoe", object? inReplyTo = null) => new
    {
        id = id ?? Id(), network = "example", author = new { handle = author }, text = text ?? "Hello, do you ship the blue lamp to Ireland?",
        created_at = "2026-01-31T12:34:56Z", in_reply_to = inReplyTo,
    };

    /// <summary>What the built-in rules give to staff at once.</summary>
    public static object Danger(string? id = null) => Post(id, "Your lamp caught fire on my desk this morning.");

    /// <summary>Own sentences as JSON lines, the same for the same seed: one mention in ten for staff, one in twenty spam.</summary>
    public static string Posts(int count, int seed, string prefix = "p")
    {
        var random = new Random(seed);
        var lines = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var text = random.Next(20) switch
            {
                0 or 1 => $"Smoke came out of {Any(Subjects)}, this is not safe!",
                2 => $"Crypto giveaway! {Any(Subjects)} for everybody",
                _ => $"{Any(Openings)}, {string.Format(CultureInfo.InvariantCulture, Any(Questions), Any(Subjects))}? No. {i}",
            };
            lines.AppendLine(JsonSerializer.Serialize(Post(string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}"), text, $"customer{random.Next(500)}")));
        }

        return lines.ToString();

        string Any(string[] words) => words[random.Next(words.Length)];
    }
}
