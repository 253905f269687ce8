using System.ComponentModel.DataAnnotations;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>How the program talks to Bluesky; what differs by brand is in <see cref="BlueskySettings"/>.</summary>
public sealed class BlueskyOptions
{
    /// <summary>Where these options stand in the configuration.</summary>
    public const string Section = "Networks:Bluesky";

    private static readonly string[] PublicJetstreams =
    [
        "wss://jetstream2.us-east.bsky.network/subscribe",
        "wss://jetstream1.us-east.bsky.network/subscribe",
        "wss://jetstream2.us-west.bsky.network/subscribe",
        "wss://jetstream1.us-west.bsky.network/subscribe",
    ];

    /// <summary>Where accounts sign in when their channel names no server.</summary>
    [Required, Url]
    public string Service { get; set; } = "https://bsky.social";

    /// <summary>An AppView that answers profile questions without credentials.</summary>
    [Required, Url]
    public string PublicApi { get; set; } = "https://public.api.bsky.app";

    /// <summary>Jetstream addresses, tried in turn; the public ones when empty.</summary>
    public string[] Jetstreams { get; set; } = [];

    /// <summary>Time between two looks at an account's notifications.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Notifications asked for at once; the network gives at most 100.</summary>
    [Range(1, 100)]
    public int PageSize { get; set; } = 50;

    /// <summary>
    /// How far back notifications are looked for that turned up late: they are sorted by the time that the author's client declared.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan NotificationOverlap { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Replies that an account may post in an hour. The network counts 5,000 points, three a post; a server of one's own may allow more.
    /// </summary>
    [Range(2, 10_000_000)]
    public int RepliesPerHour { get; set; } = 5000 / 3;

    /// <summary>Replies that an account may post in a day: 35,000 points, three a post.</summary>
    [Range(48, 100_000_000)]
    public int RepliesPerDay { get; set; } = 35_000 / 3;

    /// <summary>Longest time that one request may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Shortest time between two saved stream positions when no post came.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan CursorInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A stream gives a batch at least this often, even an empty one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a found post waits for others, to be stored with them.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan BatchDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How far before the saved position a stream is resumed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ResumeOverlap { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A stream that is silent for this long is taken for broken.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Larger frames of a stream are skipped.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxFrameBytes { get; set; } = 1024 * 1024;

    /// <summary>First wait after a failure; it doubles with every further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:05:00")]
    public TimeSpan BackOffFirst { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait after a failure.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan BackOffLongest { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Authors whose profile is remembered.</summary>
    [Range(2, 1_000_000)]
    public int ProfileCacheSize { get; set; } = 20_000;

    /// <summary>The addresses to listen to for a channel: its own or the configured ones.</summary>
    internal IReadOnlyList<string> JetstreamsFor(BlueskySettings settings) =>
        settings.Jetstream is { Length: > 0 } own ? [own] : Jetstreams is { Length: > 0 } ? Jetstreams : PublicJetstreams;
}
