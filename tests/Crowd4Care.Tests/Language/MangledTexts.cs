using System.Text;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

/// <summary>Posts as broken programs and jokers send them; the same seed gives the same texts.</summary>
internal sealed class MangledTexts(int seed)
{
    private const string Invisible =
        "\u00AD\u034F\u061C\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2066\u2067\u2068\u2069\uFE0F\uFEFF";

    private static readonly string[] Posts = [.. OwnPosts.All.Select(post => post.Text)];

    /// <summary>Pictographs, and what joins, colours and flags them; often in an order that means nothing.</summary>
    private static readonly string[] EmojiParts =
        ["😀", "👩", "💻", "👍", "❤", "🏳", "🌈", "🏽", "🏿", "🇩", "🇪", "1", "#", "\u200D", "\u200D", "\uFE0F", "\u20E3", "\U000E0067", "\U000E007F", " "];

    /// <summary>Where blocks of letters begin, unassigned and private ones among them.</summary>
    private static readonly int[] Scripts =
    [
        0x41, 0xC0, 0x250, 0x370, 0x400, 0x531, 0x5D0, 0x620, 0x710, 0x904, 0x985, 0xB85, 0xE01, 0xF40, 0x10D0, 0x1100, 0x1200, 0x13A0, 0x1780, 0x1820,
        0x2460, 0x2800, 0x3041, 0x30A1, 0x4E00, 0x7000, 0xA000, 0xAC00, 0xE000, 0xFB50, 0xFF21, 0x10330, 0x12000, 0x1D400, 0x20000, 0x3FF80, 0x10FF00,
    ];

    private readonly Random random = new(seed);

    public static IReadOnlyList<string> Kinds { get; } = ["latin1", "utf8", "scripts", "invisible", "emoji", "marks", "surrogates", "edits"];

    /// <summary>A post as it was written.</summary>
    public string Post() => Posts[random.Next(Posts.Length)];

    public string Next(string kind) => kind switch
    {
        "latin1" => Encoding.Latin1.GetString(Bytes()),
        "utf8" => Encoding.UTF8.GetString(Bytes()),
        "scripts" => Strange(Post().Length),
        "invisible" => Sprinkled(Post(), () => Invisible[random.Next(Invisible.Length)]),
        "emoji" => string.Concat(Enumerable.Range(0, random.Next(1, 120)).Select(_ => EmojiParts[random.Next(EmojiParts.Length)])),
        "marks" => string.Concat(Post().Select(letter => letter + Tower())),
        "surrogates" => Sprinkled(Post(), () => (char)random.Next(0xD800, 0xE000)),
        "edits" => Edited(Post()),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private byte[] Bytes()
    {
        var bytes = Encoding.UTF8.GetBytes(Post());
        if (random.Next(2) == 0)
            random.NextBytes(bytes);
        for (var damage = random.Next(10); damage > 0; damage--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes[random.Next(bytes.Length / 2)..];
    }

    private string Strange(int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            var script = Scripts[random.Next(Scripts.Length)];
            for (var letters = random.Next(1, 15); letters > 0; letters--)
                text.Append(new Rune(script + random.Next(80)).ToString());
            text.Append(random.Next(5) == 0 ? "" : " ");
        }

        return text.ToString();
    }

    private string Sprinkled(string post, Func<char> grain)
    {
        var text = new StringBuilder(post);
        for (var grains = random.Next(1, post.Length); grains > 0; grains--)
            text.Insert(random.Next(text.Length + 1), grain());
        return text.ToString();
    }

    private string Tower() => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(0x300, 0x370)));

    private string Edited(string post)
    {
        var text = post;
        for (var edits = random.Next(1, 8); edits > 0; edits--)
        {
            var (from, to) = (random.Next(text.Length + 1), random.Next(text.Length + 1));
            var (start, stretch, end) = from < to ? (text[..from], text[from..to], text[to..]) : (text[..to], text[to..from], text[from..]);
            text = random.Next(3) switch
            {
                0 when text.Length - stretch.Length > 10 => start + end,
                1 when text.Length < 1000 => start + stretch + stretch + end,
                _ => end + stretch + start,
            };
        }

        return text;
    }
}
