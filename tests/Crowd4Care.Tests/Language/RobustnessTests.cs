using System.Globalization;
using System.Text.Json;
using Crowd4Care.Language;

namespace Crowd4Care.Tests.Language;

public sealed class RobustnessTests
{
    /// <summary>Time per character, to that of posts as they were written.</summary>
    private const double MostRatio = 3;

    private static readonly MentionModel Model = MentionModel.LoadDefault();

    private static readonly string[] Seeds =
    [
        "My wifi is down again @velonet, what now? #help https://example.org/x",
        "Schöne Grüße aus Köln! 12,50 € zurück &amp; fertig :-)",
        "¿Por qué no llega? 😀👩‍💻👍🏽 ¡Gracias!",
        "الإنترنت لا يعمل منذ الصباح",
        "日本語のテキスト、テスト。ไทย हिन्दी",
        "\0\u0001\uFFFE\uD800 lone \uDC00 \u200D\uFE0F\u20E3",
    ];

    [Test]
    public void Mangled_text_never_fails_and_causes_stay_inside()
    {
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            var text = Mangle(Seeds[i % Seeds.Length], random);
            foreach (var score in Model.Explain(text))
            {
                Assert.That(score.Probability, Is.InRange(0, 1.0001));
                foreach (var cause in score.Causes)
                    Assert.That(text.Substring(cause.Start, cause.Length), Is.EqualTo(cause.Text));
            }
        }
    }

    /// <summary>A few texts here; <c>tests/robustness</c> asks for many, and times them.</summary>
    [Test]
    public void Mangled_text_gets_probabilities_that_add_up()
    {
        var (texts, seed) = (Setting("TEXTS"), Setting("SEED"));
        using var file = Environment.GetEnvironmentVariable("CROWD4CARE_ROBUSTNESS_MODEL") is { Length: > 0 } path ? File.OpenRead(path) : null;
        var report = new RobustnessCheck(file is null ? Model : MentionModel.Load(file), seed ?? 1).Run(texts ?? 10_000);
        if (Environment.GetEnvironmentVariable("CROWD4CARE_ROBUSTNESS_REPORT") is { Length: > 0 } reportFile)
            File.WriteAllText(reportFile, JsonSerializer.Serialize(report, JsonSerializerOptions.Web) + "\n");
        Assert.That(report.FirstFailure, Is.Null);
        if (texts is not null)
            Assert.That(report.KindRatios.Values.Append(report.LongLineRatio), Is.All.AtMost(MostRatio));
    }

    [TestCase("😀", 10_000)]
    [TestCase("a", 1_000_000)]
    [TestCase("é ", 500_000)]
    [TestCase("\uD83D", 20_000)]
    [TestCase("漢", 100_000)]
    [TestCase("!", 100_000)]
    [TestCase("#a@b&", 50_000)]
    [TestCase("why is it broken ", 60_000)]
    [CancelAfter(5_000)]
    public void Huge_text_is_scored_in_no_time(string part, int times) =>
        Assert.That(Model.Score(string.Concat(Enumerable.Repeat(part, times))), Has.Count.EqualTo(Model.Heads.Count));

    [Test]
    public void Every_single_code_unit_is_accepted()
    {
        for (var unit = 0; unit <= char.MaxValue; unit += 61)
            Assert.That(Model.Score($"x{(char)unit}"), Has.Count.EqualTo(Model.Heads.Count));
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable($"CROWD4CARE_ROBUSTNESS_{name}"), CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Mangle(string seed, Random random)
    {
        var units = seed.ToList();
        for (var edits = random.Next(1, 20); edits > 0; edits--)
        {
            var at = random.Next(units.Count + 1);
            if (random.Next(3) == 0 && at < units.Count)
                units.RemoveAt(at);
            else
                units.Insert(at, random.Next(2) == 0 ? (char)random.Next(char.MaxValue + 1) : (char)random.Next(128));
        }

        return new string([.. units]);
    }
}
