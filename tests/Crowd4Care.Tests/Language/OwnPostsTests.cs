using System.Text.RegularExpressions;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

public sealed partial class OwnPostsTests
{
    private const string Header = "part\tlanguage\tsentiment\temotion\tanger\ttoxicity\tirony\tcomplaint\tintent\ttopic\ttechnical\turgent\tpurchase\tidea\tabout\tspam\ttext";
    private const string Post = "held\ten\tnegative\tsadness\tcalm\tclean\tliteral\tcomplaint\thelp\tdelivery\tno\tno\tno\tno\tcompany\tgenuine\tnothing came";

    [Test]
    public void A_post_has_a_label_of_every_head()
    {
        var post = Read(Header, Post).Single();
        Assert.That(post.IsHeld);
        Assert.That(post.Text, Is.EqualTo("nothing came"));
        Assert.That(post.Labels.Keys, Is.SupersetOf(OwnPosts.Labels.Keys));
        Assert.That(post.Labels["intent"], Is.EqualTo("help"));
        Assert.That(post.Labels["spam"], Is.EqualTo("genuine"));
    }

    [Test]
    public void A_wrong_header_is_refused() =>
        Assert.That(() => Read(Header.Replace("irony\t", ""), Post), Fails("posts, line 1: the columns part, language, sentiment"));

    [Test]
    public void A_missing_field_is_refused_by_line() =>
        Assert.That(() => Read(Header, Post, Post.Replace("\tcalm", "")), Fails("posts, line 3: 16 fields, expected 17"));

    [TestCase("\thelp", "\tHelp", "intent: \"Help\" is unknown; expected question, help, request")]
    [TestCase("\tliteral", "\t", "irony: \"\" is unknown; expected irony, literal")]
    [TestCase("held", "Held", "part: \"Held\" is unknown; expected train, held, test")]
    [TestCase("\ten", "\tit", "language: \"it\" is unknown; expected en, de")]
    public void An_unknown_label_is_refused_by_line_and_column(string right, string wrong, string message) =>
        Assert.That(() => Read(Header, Post, Post.Replace(right, wrong)), Fails("posts, line 3, column " + message));

    [Test]
    public void Every_label_is_one_that_the_head_knows()
    {
        foreach (var head in OwnPosts.Labels)
            Assert.That(OwnPosts.All.Select(post => post.Labels[head.Key]).Distinct(), Is.SubsetOf(head.Value), head.Key);
    }

    [Test]
    public void Every_label_occurs_in_both_parts()
    {
        var found = OwnPosts.All.SelectMany(post => post.Labels.Select(label => Name(post.IsHeld, label.Key, label.Value))).ToHashSet();
        var wanted = from held in new[] { false, true }
                     from head in OwnPosts.Labels
                     from label in head.Value
                     select Name(held, head.Key, label);
        Assert.That(wanted.Except(found), Is.Empty);
    }

    [Test]
    public void Every_phrase_has_a_label_of_its_head()
    {
        foreach (var phrases in OwnPosts.Phrases)
            Assert.That(phrases.Select(phrase => phrase.Label).Distinct(), Is.SubsetOf(OwnPosts.Labels[phrases.Key]), phrases.Key);
    }

    [Test]
    public void No_post_occurs_twice() => Assert.That(OwnPosts.All.Select(post => Normalised(post.Text)), Is.Unique);

    [Test]
    public void No_held_post_is_part_of_a_trained_one_or_has_one_in_it()
    {
        var trained = OwnPosts.All.Where(post => !post.IsHeld).Select(post => Normalised(post.Text)).Where(IsLong).ToList();
        var held = OwnPosts.All.Where(post => post.IsHeld).Select(post => Normalised(post.Text)).Where(IsLong);
        Assert.That(held.Where(text => trained.Any(other => other.Contains(text) || text.Contains(other))), Is.Empty);
    }

    [TestCase("en")]
    [TestCase("de")]
    [TestCase("es")]
    [TestCase("fr")]
    [TestCase("pt")]
    public void Each_language_has_posts_to_train_and_to_hold(string language)
    {
        var posts = OwnPosts.All.Where(post => post.Language == language).ToList();
        Assert.That(posts.Count(post => !post.IsHeld), Is.GreaterThan(100));
        Assert.That(posts.Count(post => post.IsHeld), Is.GreaterThan(25));
    }

    [Test]
    public void Abuse_is_never_calm_praise() =>
        Assert.That(OwnPosts.All.Where(post => post.Labels["toxicity"] == "toxic").Select(post => post.Labels["sentiment"]), Is.All.EqualTo("negative"));

    private static IReadOnlyList<OwnPost> Read(params string[] lines) => OwnPosts.Read(new StringReader(string.Join('\n', lines)), "posts");

    private static NUnit.Framework.Constraints.IResolveConstraint Fails(string message) =>
        Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(message);

    private static string Name(bool held, string head, string label) => $"{(held ? "held" : "train")} {head} {label}";

    /// <summary>Words in lower case, between spaces, without whom a post speaks to; a post without words as it is.</summary>
    private static string Normalised(string text)
    {
        var words = NotOfAWord().Split(Handle().Replace(text.ToLowerInvariant(), "")).Where(word => word.Length > 0).ToList();
        return words.Count > 0 ? $" {string.Join(' ', words)} " : text;
    }

    /// <summary>Of four words or more: shorter ones may well occur in others.</summary>
    private static bool IsLong(string normalised) => normalised.Count(c => c == ' ') > 4;

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Handle();

    [GeneratedRegex(@"[^\p{L}\p{Mn}\p{N}]+")]
    private static partial Regex NotOfAWord();
}
