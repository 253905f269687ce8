using Crowd4Care.Language;

namespace Crowd4Care.Tests.Language;

public sealed class MentionModelTests
{
    private static readonly MentionModel Model = MentionModel.LoadDefault();

    [Test]
    public void The_shipped_model_has_all_heads() =>
        Assert.That(Model.Heads.Select(head => head.Name), Is.EqualTo(new[]
        {
            "language", "sentiment", "emotion", "anger", "toxicity", "irony", "complaint", "intent", "topic", "technical", "urgent", "purchase", "idea", "about", "spam",
        }));

    [Test]
    public void The_language_head_knows_75_languages_and_none() =>
        Assert.That(Model.Heads[0].Labels, Has.Count.EqualTo(76).And.Contains("und").And.Contains("en").And.Contains("zu"));

    [Test]
    public void The_version_names_the_release_and_the_content() =>
        Assert.That(Model.Version, Does.Match(@"^\d{4}\.\d{2}-\d+-[0-9a-f]{8}$"));

    [TestCase("My phone has had no connection since this morning and I need it for work", "en")]
    [TestCase("Seit heute früh geht bei mir gar nichts mehr, was ist denn los?", "de")]
    [TestCase("Desde esta mañana no me funciona nada, ¿qué está pasando?", "es")]
    [TestCase("Depuis ce matin plus rien ne marche chez moi, que se passe-t-il ?", "fr")]
    [TestCase("Desde hoje de manhã nada funciona aqui, o que está acontecendo?", "pt")]
    [TestCase("今日は朝からインターネットがつながりません", "ja")]
    [TestCase("С утра не работает интернет, что случилось?", "ru")]
    [TestCase("오늘 아침부터 인터넷이 안 돼요", "ko")]
    public void The_language_is_recognised(string text, string language) => Assert.That(Label(text, "language"), Is.EqualTo(language));

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("😀😀 👍")]
    [TestCase("12345 !!! @someone https://example.org")]
    public void Without_letters_the_language_is_undetermined(string text)
    {
        var score = Score(text, "language");
        Assert.That(score.Label, Is.EqualTo("und"));
        Assert.That(score.Probability, Is.EqualTo(1));
    }

    [TestCase("I love this tablet, great job and thank you so much!", "positive")]
    [TestCase("Worst update ever, everything is slow and broken", "negative")]
    [TestCase("Ich bin begeistert, vielen Dank für die tolle Hilfe!", "positive")]
    [TestCase("Das Gerät ist leider kaputt und der Service enttäuschend", "negative")]
    [TestCase("¡Me encanta, muchas gracias por la ayuda!", "positive")]
    [TestCase("Otra vez no funciona nada, qué decepción", "negative")]
    [TestCase("Super service, merci beaucoup, j'adore !", "positive")]
    [TestCase("Toujours en panne, c'est très décevant", "negative")]
    [TestCase("Adorei, muito obrigada pela ajuda!", "positive")]
    [TestCase("Continua sem funcionar, que decepção", "negative")]
    public void Obvious_sentiment_is_recognised(string text, string sentiment) => Assert.That(Label(text, "sentiment"), Is.EqualTo(sentiment));

    [TestCase("I am furious!! You stole my money and nobody even answers, shame on you", "anger")]
    [TestCase("How do I change the channel order on the box?", "calm")]
    [TestCase("Ich bin stinksauer, das ist eine bodenlose Frechheit!!!", "anger")]
    [TestCase("Wie ändere ich bei der Box die Reihenfolge der Sender?", "calm")]
    [TestCase("¡Estoy indignada, qué vergüenza de empresa, ladrones!", "anger")]
    [TestCase("¿Cómo cambio el orden de los canales?", "calm")]
    [TestCase("Je suis furieux, c'est scandaleux, bande de voleurs !", "anger")]
    [TestCase("Comment changer l'ordre des chaînes ?", "calm")]
    [TestCase("Estou furioso, que vergonha, isso é um roubo!!", "anger")]
    [TestCase("Como mudo a ordem dos canais?", "calm")]
    public void Obvious_anger_is_recognised(string text, string anger) => Assert.That(Label(text, "anger"), Is.EqualTo(anger));

    [TestCase("you are all stupid idiots, shut up", "toxic")]
    [TestCase("could you tell me when the store opens", "clean")]
    public void Obvious_abuse_is_recognised(string text, string toxicity) => Assert.That(Label(text, "toxicity"), Is.EqualTo(toxicity));

    [TestCase("When will I get my refund for the returned shoes?", "refund")]
    [TestCase("where is my parcel, the tracking number does not work", "delivery")]
    [TestCase("I forgot my password and can't log into my account", "account")]
    [TestCase("The router restarts every hour since the firmware update, wifi drops", "technical")]
    [TestCase("there is a wrong charge on my bill", "billing")]
    public void Obvious_topics_are_recognised(string text, string topic) => Assert.That(Label(text, "topic"), Is.EqualTo(topic));

    [Test]
    public void Probabilities_add_up_and_lead_with_the_label()
    {
        foreach (var score in Model.Score("Is the new box any good? Mine is broken, no picture since Sunday"))
        {
            Assert.That(score.All.Sum(label => label.Probability), Is.EqualTo(1).Within(1e-3));
            Assert.That(score.All[0], Is.EqualTo(new LabelProbability(score.Label, score.Probability)));
            Assert.That(score.All, Is.Ordered.Descending.By(nameof(LabelProbability.Probability)));
        }
    }

    [Test]
    public void Causes_are_stretches_of_the_text_strongest_first()
    {
        const string text = "Honestly @velonet, I am FURIOUS 😡 about this terrible, useless box!!";
        foreach (var score in Model.Explain(text))
        {
            Assert.That(score.Causes, Has.Count.LessThanOrEqualTo(5));
            Assert.That(score.Causes, Is.Ordered.Descending.By(nameof(Cause.Weight)));
            foreach (var cause in score.Causes)
                Assert.That(text.Substring(cause.Start, cause.Length), Is.EqualTo(cause.Text));
        }
    }

    [Test]
    public void The_angry_word_is_among_the_causes_of_anger() =>
        Assert.That(Model.Explain("The delivery man made me furious").Single(score => score.Head == "anger").Causes.Select(cause => cause.Text), Has.Some.Contains("furious"));

    [Test]
    public void A_hashtag_is_one_cause_and_a_run_without_spaces_is_not()
    {
        var sentiment = Model.Explain("Three weeks now. #worstcompanyever").Single(score => score.Head == "sentiment");
        Assert.That((sentiment.Label, sentiment.Causes[0].Text), Is.EqualTo(("negative", "#worstcompanyever")));
        var all = Model.Explain("配送很慢而且客服从来不回答我的问题真的很生气").SelectMany(score => score.Causes);
        Assert.That(all.Select(cause => cause.Length), Is.Not.Empty.And.All.LessThan(22));
    }

    [Test]
    public void A_hint_tips_a_close_call_but_does_not_overrule_the_text()
    {
        Assert.That(Probability("no", "es"), Is.GreaterThan(Probability("no", null)));
        Assert.That(Model.Score("Where can I find the settings for the guest network?", "es-MX")[0].Label, Is.EqualTo("en"));

        static double Probability(string text, string? hint) =>
            Model.Score(text, hint)[0].All.First(label => label.Label == "es").Probability;
    }

    [Test]
    public void Many_threads_get_the_same_scores()
    {
        const string text = "No puedo entrar en mi cuenta, ¿me ayudan?";
        var expected = Describe(text);
        Assert.That(ParallelEnumerable.Range(0, 400).Select(_ => Describe(text)).Distinct(), Is.EqualTo(new[] { expected }));
    }

    private static string Describe(string text) => string.Join(' ', Model.Score(text).Select(score => $"{score.Label} {score.Probability:R}"));

    private static string Label(string text, string head) => Score(text, head).Label;

    private static HeadScore Score(string text, string head) => Model.Score(text).Single(score => score.Head == head);
}
