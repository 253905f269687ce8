using System.Globalization;
using System.Net;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class PushTests : ServerTests
{
    [Test]
    public async Task One_mention_is_taken_scored_and_routed()
    {
        var agent = await AgentAsync();

        var pushed = await agent.PostAsync("mentions", Some.Post(author: "@zoe"));

        Assert.That(pushed.Status, Is.EqualTo(HttpStatusCode.OK), pushed.ToString());
        var mention = await agent.RoutedAsync((Guid)pushed["ids"]![0]!);
        Assert.That(ApiClient.StatusOf(mention), Is.EqualTo("open"));
        Assert.That((string?)mention["mention"]!["authorHandle"], Is.EqualTo("zoe"));
        Assert.That((string?)mention["score"]!["modelVersion"], Is.Not.Empty);
        Assert.That((string?)mention["decisions"]![0]!["decision"]!["outcome"], Is.EqualTo("waiting"));
        Assert.That(mention["history"]!.AsArray().Select(h => (string)h!["kind"]!), Is.EqualTo(["mention.received", "mention.classified", "mention.opened"]));
    }

    [Test]
    public async Task An_array_is_taken_whole_and_a_second_time_not_at_all()
    {
        var agent = await AgentAsync();
        object[] posts = [Some.Post(), Some.Danger(), Some.Post()];

        var first = await agent.PostAsync("mentions", posts);
        var second = await agent.PostAsync("mentions", posts);

        Assert.That(((int?)first["accepted"], (int?)first["duplicates"]), Is.EqualTo((3, 0)));
        Assert.That(((int?)second["accepted"], (int?)second["duplicates"]), Is.EqualTo((0, 3)));
        Assert.That((await agent.GetAsync("mentions"))["items"]!.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Mistakes_are_named_by_place_and_the_rest_is_taken()
    {
        var agent = await AgentAsync();

        var pushed = await agent.PostAsync("mentions", new[] { Some.Post(), new { id = Some.Id(), network = "example" }, Some.Post(), 7 });

        Assert.That(pushed.Status, Is.EqualTo(HttpStatusCode.OK), pushed.ToString());
        Assert.That((int?)pushed["accepted"], Is.EqualTo(2));
        var rejected = pushed["rejected"]!.AsArray();
        Assert.That(rejected.Select(r => (int)r!["index"]!), Is.EqualTo([1, 3]));
        Assert.That(rejected[0]!["mistakes"]!.AsArray().Select(m => (string)m!), Is.EqualTo(["author.handle: is missing", "text: is missing"]));
    }

    [Test]
    public async Task When_nothing_can_be_read_every_mistake_is_named()
    {
        var answer = await (await AgentAsync()).PostTextAsync("mentions", """[{"id":"1","network":"example","author":"zoe","text":false}, "hello"]""");

        IsProblem(answer, HttpStatusCode.BadRequest);
        Assert.That((string?)answer["errors"]!["[0]"]![0], Is.EqualTo("text: a text is expected, not true or false"));
        Assert.That((string?)answer["errors"]!["[1]"]![0], Is.EqualTo("a JSON object is expected, not a text"));
    }

    [TestCase("", "line 1")]
    [TestCase("{\n\"id\": }", "line 2 at byte 7")]
    [TestCase("[{}", "line 1")]
    public async Task What_is_not_json_is_refused_with_the_place(string body, string place)
    {
        var answer = await (await AgentAsync()).PostTextAsync("mentions", body);

        IsProblem(answer, HttpStatusCode.BadRequest);
        Assert.That(answer.Detail, Does.Contain(place));
    }

    [Test]
    public async Task Another_content_type_is_refused()
    {
        var answer = await (await AgentAsync()).PostTextAsync("mentions", "{}", "text/csv");

        IsProblem(answer, HttpStatusCode.UnsupportedMediaType);
    }

    [Test]
    public async Task An_empty_array_and_one_that_is_too_long_are_refused()
    {
        var agent = await AgentAsync();

        var none = await agent.PostTextAsync("mentions", "[]");
        var many = await agent.PostTextAsync("mentions", $"[{string.Join(',', Enumerable.Repeat("{}", 10_001))}]");

        IsProblem(none, HttpStatusCode.BadRequest);
        IsProblem(many, HttpStatusCode.BadRequest);
        Assert.That(many.Detail, Does.Contain("10001").And.Contain("10000"));
    }

    [Test]
    public async Task A_body_beyond_all_bounds_is_refused_and_the_server_lives()
    {
        var agent = await AgentAsync();

        var answer = await agent.PostTextAsync("mentions", $"\"{new string('x', 31 * 1024 * 1024)}\"");

        IsProblem(answer, HttpStatusCode.RequestEntityTooLarge);
        Assert.That((await agent.GetAsync("me")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Odd_characters_are_cleaned_or_refused_and_never_break_anything()
    {
        var agent = await AgentAsync();
        var emoji = string.Concat(Enumerable.Repeat("👩‍👩‍👧", 1250));

        var ids = await agent.PushAsync(Some.Post(text: emoji), Some.Post(text: "a\u0000b\u001bc"));
        var huge = await agent.PostAsync("mentions", Some.Post(text: new string('x', 1024 * 1024)));
        var half = await agent.PostTextAsync("mentions", """{"id":"half","network":"example","author":"zoe","text":"\ud83d"}""");

        Assert.That((string?)(await agent.RoutedAsync(ids[0]))["mention"]!["text"], Is.EqualTo(emoji));
        Assert.That((string?)(await agent.RoutedAsync(ids[1]))["mention"]!["text"], Is.EqualTo("a b c"));
        IsProblem(huge, HttpStatusCode.BadRequest);
        Assert.That((string?)huge["errors"]!["[0]"]![0], Does.StartWith("text: has 1048576 characters"));
        IsProblem(half, HttpStatusCode.BadRequest);
        Assert.That((string?)half["errors"]!["[0]"]![0], Does.StartWith("text: is not valid Unicode"));
    }

    [Test]
    public async Task A_thousand_at_once_are_all_routed()
    {
        var agent = await AgentAsync();

        var ids = await agent.PushAsync([.. Enumerable.Range(0, 1000).Select(_ => Some.Post())]);

        await Poll.UntilAsync(
            async _ => (await agent.GetAsync("mentions?status=open&limit=500"))["items"]!.AsArray().Count
                + (await agent.GetAsync(string.Create(CultureInfo.InvariantCulture, $"mentions?status=open&limit=500&after={ids[499]}")))["items"]!.AsArray().Count,
            open => open == 1000, "the number of open mentions");
    }

    internal static void IsProblem(ApiAnswer answer, HttpStatusCode status)
    {
        Assert.That(answer.Status, Is.EqualTo(status), answer.ToString());
        Assert.That(answer.ContentType, Is.EqualTo("application/problem+json"), answer.ToString());
        Assert.That((int?)answer["status"], Is.EqualTo((int)status));
        Assert.That((string?)answer["title"], Is.Not.Empty);
    }
}
