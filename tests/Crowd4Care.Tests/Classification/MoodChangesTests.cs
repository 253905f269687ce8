using Crowd4Care.Classification;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;
using MassTransit;

namespace Crowd4Care.Tests.Classification;

[EachEngine]
public sealed class MoodChangesTests(string engine)
{
    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine, bus => bus.AddConsumer<ClassifyMentions>(Crowd4Care.Bus.Endpoints.TakeTogether));

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_thank_you_after_an_answer_is_told_of_the_answered_mention()
    {
        var (answered, author) = await AnsweredAsync();
        var followUp = await ReceivedAsync("That was it, it works again! Thank you so much, you are great.", author);
        var fact = await FactAsync(answered, followUp);
        Assert.That((fact.By, fact.Mood), Is.EqualTo((followUp, MoodShift.Better)));
    }

    [Test]
    public async Task An_angry_post_after_an_answer_is_told_too()
    {
        var (answered, author) = await AnsweredAsync();
        var followUp = await ReceivedAsync("This is a disgrace. Still broken, I hate you all, worst company ever!", author);
        Assert.That((await FactAsync(answered, followUp)).Mood, Is.EqualTo(MoodShift.Worse));
    }

    [Test]
    public async Task What_others_write_there_says_nothing_of_the_customers_mood()
    {
        var (answered, _) = await AnsweredAsync();
        await ReceivedAsync("Thank you, that helped me as well.", Some.Author());
        Assert.That(await crowd.KindsAsync(answered), Has.None.EqualTo(JournalKinds.MoodChanged));
    }

    [Test]
    public async Task Before_an_answer_there_is_nothing_to_tell()
    {
        var author = Some.Author();
        var first = await crowd.ClassifiedAsync(Some.Post("first", author: author));
        await ReceivedAsync("Hello? Anybody there?", author);
        Assert.That(await crowd.KindsAsync(first), Has.None.EqualTo(JournalKinds.MoodChanged));
    }

    [TestCase(0.1, 0.8, MoodShift.Better)]
    [TestCase(0.8, 0.1, MoodShift.Worse)]
    [TestCase(0.5, 0.6, MoodShift.Same)]
    public void A_mood_changes_when_the_difference_is_noticeable(double before, double after, MoodShift expected) =>
        Assert.That(MoodChanges.Compare(Some.Id(), Pleased(before), Pleased(after)).Mood, Is.EqualTo(expected));

    [Test]
    public void Praise_is_thanks_unless_it_is_bitter()
    {
        Assert.That(MoodChanges.Compare(Some.Id(), Some.Score(), Some.Score(("intent", "praise", 0.9), (Heads.Sentiment, "positive", 0.9))).Thanked, Is.True);
        Assert.That(MoodChanges.Compare(Some.Id(), Some.Score(), Some.Score(("intent", "praise", 0.9), (Heads.Sentiment, "negative", 0.9))).Thanked, Is.False);
        Assert.That(MoodChanges.Compare(Some.Id(), Some.Score(), Some.Score(("intent", "question", 0.9))).Thanked, Is.False);
    }

    private static MentionScore Pleased(double probability) => Some.Score((Heads.Sentiment, "positive", probability));

    private async Task<(Guid Id, PostAuthor Author)> AnsweredAsync()
    {
        var (person, author) = (await crowd.AdvocateAsync(), Some.Author());
        var (id, fence) = await crowd.ClaimedAsync(person, Some.Post("first", author: author));
        await crowd.ApplyAsync(MentionChange.Answered(id, person.Id, fence, new { }));
        return (id, author);
    }

    private async Task<Guid> ReceivedAsync(string text, PostAuthor author)
    {
        var id = await crowd.ReceivedAsync(Some.Post(inReplyTo: "first", author: author, text: text));
        await crowd.Harness.Bus.Publish(new MentionsReceived { MentionIds = [id] });
        await Poll.UntilAsync(() => crowd.RowAsync(id), row => row.Status == MentionStatus.Classified, "the follow-up is classified");
        return id;
    }

    private async Task<MoodFact> FactAsync(Guid answered, Guid followUp)
    {
        var entry = (await crowd.JournalAsync()).Single(e => e.MentionId == answered && e.Kind == JournalKinds.MoodChanged);
        var fact = Sql.FromJson<MoodFact>(entry.Data!);
        Assert.That(fact.By, Is.EqualTo(followUp));
        return fact;
    }
}
