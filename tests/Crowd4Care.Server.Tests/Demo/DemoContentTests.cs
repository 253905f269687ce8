using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Crowd4Care.Server.Demo;

namespace Crowd4Care.Server.Tests.Demo;

public sealed partial class DemoContentTests
{
    private static readonly string[] Languages = ["en", "es", "de", "fr", "pt"];
    private static readonly string[] MainTopics =
        ["technical", "billing", "delivery", "order", "refund", "account", "product", "praise"];

    private readonly DemoContent content = new();

    [Test]
    public void There_are_at_least_300_mentions() => Assert.That(content.Mentions, Has.Count.AtLeast(300));

    [Test]
    public void Mention_ids_are_unique() => Assert.That(content.Mentions.Select(m => m.Id), Is.Unique);

    [Test]
    public void Each_language_has_at_least_30_mentions_and_there_is_no_other() => Assert.Multiple(() =>
    {
        Assert.That(content.Mentions.Select(m => m.Language).Distinct(), Is.EquivalentTo(Languages));
        foreach (var language in Languages)
            Assert.That(content.Mentions.Count(m => m.Language == language), Is.AtLeast(30), language);
    });

    [Test]
    public void Each_language_has_mentions_for_the_community_for_staff_and_for_nobody() => Assert.Multiple(() =>
    {
        foreach (var language in Languages)
            foreach (var expectation in Enum.GetValues<DemoExpectation>())
                Assert.That(content.Mentions.Any(m => m.Language == language && m.Expect == expectation), $"{language} {expectation}");
    });

    [Test]
    public void Mentions_name_a_known_topic() =>
        Assert.That(content.Mentions.Select(m => m.Topic).Distinct(), Is.EquivalentTo([.. MainTopics, "other"]));

    [Test]
    public void Mentions_are_20_to_300_graphemes_long() =>
        Assert.That(content.Mentions.Where(m => Graphemes(m.Text) is < 20 or > 300), Is.Empty);

    [Test]
    public void No_two_texts_are_alike() => Assert.Multiple(() =>
    {
        Assert.That(content.Mentions.Select(m => Normalized(m.Text)), Is.Unique);
        Assert.That(content.Answers.Select(a => Normalized(a.Text)), Is.Unique);
        Assert.That(content.Reactions.Select(r => Normalized(r.Text)), Is.Unique);
    });

    [Test]
    public void A_follow_up_names_an_earlier_mention_of_the_same_author()
    {
        var earlier = new Dictionary<string, DemoMention>();
        Assert.Multiple(() =>
        {
            foreach (var mention in content.Mentions)
            {
                if (mention.InReplyTo is { } id)
                    Assert.That(earlier.GetValueOrDefault(id)?.Author, Is.EqualTo(mention.Author), mention.Id);
                earlier.Add(mention.Id, mention);
            }
        });
        Assert.That(content.Mentions.Count(m => m.InReplyTo is not null), Is.AtLeast(15));
    }

    [Test]
    public void A_mention_that_starts_a_conversation_contains_the_brand() =>
        Assert.That(
            content.Mentions.Where(m => m.InReplyTo is null && !Normalized(m.Text + m.Author.Handle).Contains(DemoContent.BrandHandle)),
            Is.Empty);

    [Test]
    public void A_handle_belongs_to_one_author() =>
        Assert.That(content.Mentions.Select(m => m.Author).Distinct().Select(a => a.Handle), Is.Unique);

    [Test]
    public void Authors_have_5_to_250000_followers() =>
        Assert.That(content.Mentions.Select(m => m.Author.Followers), Is.All.InRange(5, 250_000));

    [Test]
    public void There_are_14_advocates_3_agents_and_an_admin() => Assert.Multiple(() =>
    {
        Assert.That(content.People.Count(p => p.Role == "advocate"), Is.EqualTo(14));
        Assert.That(content.People.Count(p => p.Role == "agent"), Is.EqualTo(3));
        Assert.That(content.People.Count(p => p.Role == "admin"), Is.EqualTo(1));
        Assert.That(content.People, Has.Count.EqualTo(18));
    });

    [TestCase("ana", "advocate")]
    [TestCase("sam", "agent")]
    [TestCase("alex", "admin")]
    public void A_visitor_can_sign_in_in_each_role(string login, string role) =>
        Assert.That(content.People.Single(p => p.Login == login).Role, Is.EqualTo(role));

    [Test]
    public void Logins_are_unique_and_plain() => Assert.Multiple(() =>
    {
        Assert.That(content.People.Select(p => p.Login), Is.Unique);
        Assert.That(content.People.Select(p => p.Login), Is.All.Match("^[a-z]+$"));
    });

    [Test]
    public void Trust_and_capacity_are_within_their_limits() => Assert.Multiple(() =>
    {
        Assert.That(content.People.Select(p => p.Trust), Is.All.InRange(0, 4));
        Assert.That(content.People.Select(p => p.Capacity), Is.All.InRange(1, 5));
    });

    [Test]
    public void Skills_are_kind_and_value_with_a_proficiency() => Assert.Multiple(() =>
    {
        foreach (var (skill, proficiency) in content.People.SelectMany(p => p.Skills))
        {
            Assert.That(SkillPattern().IsMatch(skill), skill);
            Assert.That(proficiency, Is.InRange(0.05, 1.0), skill);
        }
    });

    [Test]
    public void Each_main_topic_finds_an_advocate_in_each_language() => Assert.Multiple(() =>
    {
        foreach (var language in Languages)
            foreach (var topic in MainTopics)
                Assert.That(
                    content.People.Any(p =>
                        p.Role == "advocate" && p.Skills.ContainsKey("lang:" + language) && p.Skills.ContainsKey("topic:" + topic)),
                    $"{language} {topic}");
    });

    [Test]
    public void Answers_fit_in_220_graphemes() =>
        Assert.That(content.Answers.Where(a => Graphemes(a.Text) > 220), Is.Empty);

    [Test]
    public void Each_main_topic_has_two_answers_in_each_language() => Assert.Multiple(() =>
    {
        foreach (var language in Languages)
            foreach (var topic in MainTopics)
                Assert.That(content.Answers.Count(a => a.Language == language && a.Topic == topic), Is.AtLeast(2), $"{language} {topic}");
    });

    [Test]
    public void Each_language_has_several_reactions_of_each_mood() => Assert.Multiple(() =>
    {
        foreach (var language in Languages)
            foreach (var mood in Enum.GetValues<DemoMood>())
                Assert.That(content.Reactions.Count(r => r.Language == language && r.Mood == mood), Is.AtLeast(3), $"{language} {mood}");
    });

    private static int Graphemes(string text) => new StringInfo(text).LengthInTextElements;

    // Letters and digits without accents and case, so that neither punctuation nor emoji makes two texts different.
    private static string Normalized(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKD).Where(char.IsLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex("^(lang:(en|es|de|fr|pt)|(topic|product):[a-z]+)$")]
    private static partial Regex SkillPattern();
}
