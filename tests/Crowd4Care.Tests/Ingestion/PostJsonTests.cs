using System.Text.Json;
using Crowd4Care.Contracts;
using Crowd4Care.Ingestion;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Ingestion;

public sealed class PostJsonTests
{
    private const string Least = """ "id":"1","network":"x","author":"anna","text":"hello" """;

    [Test]
    public void Names_may_be_written_in_snake_case()
    {
        var post = Post(
            """
            {"id":"1","network":"x","author":{"id":"77","handle":"@anna","name":"Anna","followers":12},"text":"hello","created_at":"2026-01-31T12:34:56Z",
             "in_reply_to":"p","root_id":"r","content_id":"c","brand":"acme","url":"https://x.example/1","language":"de","is_repost":true}
            """);
        Assert.That(post, Is.EqualTo(Full with { Languages = post.Languages }));
        Assert.That(post.Languages, Is.EqualTo(new[] { "de" }));
    }

    [Test]
    public void Names_may_be_written_in_camel_case()
    {
        var post = Post(
            """
            {"externalId":"1","network":"x","author":{"id":"77","handle":"anna","name":"Anna","followers":12},"text":"hello","createdAt":"2026-01-31T12:34:56Z",
             "inReplyTo":"p","rootId":"r","contentId":"c","brand":"acme","url":"https://x.example/1","lang":"de","isRepost":true}
            """);
        Assert.That(post, Is.EqualTo(Full with { Languages = post.Languages }));
    }

    [Test]
    public void The_author_may_be_given_flat()
    {
        var post = Post("""{"id":"1","network":"x","author":"anna","author_name":"Anna","followers":12,"text":"hello"}""");
        Assert.That(post.Author, Is.EqualTo(new PostAuthor("anna", "anna", "Anna", 12)));
    }

    [Test]
    public void A_missing_time_is_the_time_of_receipt() => Assert.That(Post($"{{{Least}}}").CreatedAt, Is.EqualTo(Some.Noon));

    [Test]
    public void A_time_without_a_zone_is_universal() =>
        Assert.That(Post($$"""{{{Least}},"created_at":"2026-01-31T12:34:56"}""").CreatedAt, Is.EqualTo(new DateTimeOffset(2026, 1, 31, 12, 34, 56, TimeSpan.Zero)));

    [Test]
    public void An_id_may_be_a_number() =>
        Assert.That(Post("""{"id":1234567890123456789,"network":"x","author":"anna","text":"hello"}""").ExternalId, Is.EqualTo("1234567890123456789"));

    [Test]
    public void What_is_null_is_missing() => Assert.That(Post($$"""{{{Least}},"url":null,"in_reply_to":null,"created_at":null}""").Url, Is.Null);

    [Test]
    public void A_reply_says_so() => Assert.That(Post($$"""{{{Least}},"in_reply_to":"p"}""").Relation, Is.EqualTo(PostRelation.Reply));

    [Test]
    public void An_old_form_of_a_repost_is_one() =>
        Assert.That(Post("""{"id":"1","network":"x","author":"anna","text":"RT @acme: hello"}""").IsRepost, Is.True);

    [Test]
    public void An_empty_text_is_a_text() => Assert.That(Post("""{"id":"1","network":"x","author":"anna","text":""}""").Text, Is.Empty);

    [TestCase(true, null, """ "author":{"handle":"anna","verified":true} """)]
    [TestCase(false, true, """ "author":"anna","verified":false,"bot":true """)]
    [TestCase(null, false, """ "author":{"handle":"anna","bot":false} """)]
    [TestCase(null, null, """ "author":"anna" """)]
    public void Whether_the_author_is_verified_or_a_bot_may_be_said(bool? verified, bool? bot, string author) =>
        Assert.That(Post($$"""{"id":"1","network":"x","text":"hello",{{author}} }""").Author, Is.EqualTo(new PostAuthor("anna", "anna", IsVerified: verified, IsBot: bot)));

    [Test]
    public void More_followers_than_fit_are_the_most_that_fit() => Assert.That(Post($$"""{{{Least}},"followers":9000000000}""").Author.Followers, Is.EqualTo(int.MaxValue));

    [TestCase("""[]""", "an array")]
    [TestCase("""null""", "null")]
    [TestCase("""12""", "12")]
    [TestCase("\"text\"", "a text")]
    public void What_is_no_object_is_refused(string json, string what) => Assert.That(Mistakes(json), Has.Exactly(1).Contains(what));

    [Test]
    public void Everything_that_is_missing_is_named() =>
        Assert.That(Mistakes("{}"), Is.EquivalentTo(new[] { "id: is missing", "network: is missing", "author.handle: is missing", "text: is missing" }));

    [TestCase("""{"id":{},"network":"x","author":"anna","text":"hello"}""", "id:")]
    [TestCase("""{"id":"1","network":["x"],"author":"anna","text":"hello"}""", "network:")]
    [TestCase("""{"id":"1","network":"X Corp","author":"anna","text":"hello"}""", "network:")]
    [TestCase("""{"id":"1","network":"x","author":12,"text":"hello"}""", "author:")]
    [TestCase("""{"id":"1","network":"x","author":{"handle":true},"text":"hello"}""", "author.handle:")]
    [TestCase("""{"id":"1","network":"x","author":{},"text":"hello"}""", "author.handle:")]
    [TestCase("""{"id":"1","network":"x","author":"@","text":"hello"}""", "author.handle:")]
    [TestCase("""{"id":"1","network":"x","author":{"handle":"anna","followers":-1},"text":"hello"}""", "author.followers:")]
    [TestCase("""{"id":"1","network":"x","author":{"handle":"anna","verified":"yes"},"text":"hello"}""", "author.verified:")]
    [TestCase("""{"id":"1","network":"x","author":{"handle":"anna","followers":1.5},"text":"hello"}""", "author.followers:")]
    [TestCase("""{"id":"1","network":"x","author":"anna","text":["hello"]}""", "text:")]
    [TestCase("""{"id":"1","network":"x","author":"anna","text":"hello","created_at":"yesterday"}""", "created_at:")]
    [TestCase("""{"id":"1","network":"x","author":"anna","text":"hello","url":"javascript:alert(1)"}""", "url:")]
    [TestCase("""{"id":"1","network":"x","author":"anna","text":"hello","url":"/relative"}""", "url:")]
    [TestCase("""{"id":" ","network":"x","author":"anna","text":"hello"}""", "id:")]
    [TestCase("""{"id":"1","network":"x","author":"anna","text":"hello","is_repost":"yes"}""", "is_repost:")]
    public void A_mistake_is_reported_once_with_its_place(string json, string place) => Assert.That(Mistakes(json), Has.Count.EqualTo(1).And.All.StartWith(place));

    [Test]
    public void All_mistakes_are_reported_at_once() =>
        Assert.That(
            Mistakes("""{"id":[],"network":"X","author":{"handle":"","followers":"many"},"text":1.5e3,"created_at":"?","url":"?"}"""),
            Has.Count.EqualTo(6).And.Some.StartWith("id:").And.Some.StartWith("network:").And.Some.StartWith("author.handle:")
                .And.Some.StartWith("author.followers:").And.Some.StartWith("created_at:").And.Some.StartWith("url:"));

    [TestCase("id")]
    [TestCase("brand")]
    [TestCase("in_reply_to")]
    [TestCase("root_id")]
    [TestCase("language")]
    public void A_word_of_endless_length_is_refused(string property)
    {
        var rest = property == "id" ? "" : "\"id\":\"1\",";
        var json = $$"""{{{rest}}"network":"x","author":"anna","text":"hello","{{property}}":"{{new string('x', 2_001)}}"}""";
        Assert.That(Mistakes(json), Has.Count.EqualTo(1).And.All.StartWith(property));
    }

    [Test]
    public void A_mistake_does_not_repeat_a_whole_novel() =>
        Assert.That(Mistakes($$"""{{{Least}},"created_at":"{{new string('x', 1_900)}}"}""")[0], Has.Length.LessThan(200));

    private static NetworkPost Full => new()
    {
        Network = "x", ExternalId = "1", Author = new PostAuthor("77", "anna", "Anna", 12), Text = "hello",
        CreatedAt = new DateTimeOffset(2026, 1, 31, 12, 34, 56, TimeSpan.Zero), InReplyTo = "p", RootId = "r", ContentId = "c", BrandHandle = "acme",
        Url = "https://x.example/1", Languages = ["de"], Relation = PostRelation.Reply, IsRepost = true,
    };

    private static NetworkPost Post(string json)
    {
        var reading = Read(json);
        Assert.That(reading.Mistakes, Is.Empty);
        return reading.Post!;
    }

    private static IReadOnlyList<string> Mistakes(string json)
    {
        var reading = Read(json);
        Assert.That(reading.Post, Is.Null);
        return reading.Mistakes;
    }

    private static PostReading Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return PostJson.Read(document.RootElement, Some.Noon);
    }
}
