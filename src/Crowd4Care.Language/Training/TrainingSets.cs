namespace Crowd4Care.Language.Training;

/// <summary>A published set of labelled texts that the shipped model learns from.</summary>
/// <param name="Name">Its folder in the data sets.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Licence">The licence as its publisher states it.</param>
internal sealed record TrainingSet(string Name, string Origin, string Licence);

/// <summary>How a head uses a set: which of its labels mean what, and how much of it is taken.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Label">The head's label for one of the set's; null leaves the text out.</param>
/// <param name="Every">Takes every n-th text only, where the set is background and not the lesson.</param>
/// <param name="Measured">Whether the set's validation part calibrates and measures the head.</param>
internal sealed record SetUse(string Set, Func<string, string?> Label, int Every = 1, bool Measured = false);

/// <summary>
/// Which sets the shipped model may learn from, and for what. Left out for their licence: the airline tweets and the
/// customer-support tweets (CC BY-NC-SA 4.0), with the support topics drawn from them, and the complaints (no licence stated).
/// </summary>
internal static class TrainingSets
{
    /// <summary>The posts written for this project, in <c>posts.tsv</c> beside this file.</summary>
    public const string OwnPosts = "own posts";

    /// <summary>The words and turns of phrase written for this project, in <c>phrases.tsv</c>.</summary>
    public const string OwnPhrases = "own phrases";

    /// <summary>Texts in 75 languages.</summary>
    public const string Languages = "langid";

    private const string TweetEval = "TweetEval: released without restrictions of its own, Twitter's terms may apply";

    /// <summary>What may be used.</summary>
    public static readonly IReadOnlyList<TrainingSet> All =
    [
        new("te_sentiment", "SemEval-2017 task 4 A (train), TweetEval (val)", "repository MIT, none stated for the tweets; " + TweetEval),
        new("te_emotion", "TweetEval, SemEval-2018 task 1", TweetEval),
        new("te_irony", "TweetEval, SemEval-2018 task 3", TweetEval),
        new("te_offensive", "TweetEval, SemEval-2019 task 6 (OLID)", TweetEval),
        new("banking77", "PolyAI BANKING77", "CC BY 4.0"),
        new("clinc150", "CLINC150", "CC BY 3.0"),
        new("hwu64", "HWU64 (NLU-Evaluation-Data)", "CC BY 4.0"),
        new("bitext", "Bitext customer service intents", "CDLA-Sharing 1.0"),
        new(Languages, "lingua test data, from the Wortschatz corpora of Leipzig University", "Apache 2.0"),
        new(OwnPosts, "written for Crowd4Care", "MIT, as the project"),
        new(OwnPhrases, "written for Crowd4Care", "MIT, as the project"),
    ];

    /// <summary>English, calm, clean and neutral by nature: a little of them teaches what a plain question looks like.</summary>
    private static readonly string[] PlainQuestions = ["banking77", "clinc150", "hwu64"];

    public static IReadOnlyList<SetUse> For(string head) => head switch
    {
        "language" =>
        [
            new(Languages, label => label, Measured: true),
            new("te_sentiment", _ => "en", Every: 50),
            .. Background("en", 20),
        ],
        "sentiment" => [new("te_sentiment", label => label, Measured: true), .. Background("neutral", 10)],
        "anger" =>
        [
            new("te_emotion", label => label == "anger" ? "anger" : "calm", Measured: true),
            new("te_sentiment", label => label == "positive" ? "calm" : null, Every: 10),
            .. Background("calm", 20),
        ],
        "emotion" =>
        [
            new("te_emotion", label => label, Measured: true),
            new("te_sentiment", label => label == "neutral" ? "none" : null, Every: 20),
            .. Background("none", 20),
        ],
        "irony" =>
        [
            new("te_irony", label => label == "irony" ? "irony" : "literal", Measured: true),
            .. Background("literal", 20),
        ],
        "toxicity" =>
        [
            new("te_offensive", label => label == "offensive" ? "toxic" : "clean", Measured: true),
            .. Background("clean", 20),
        ],
        "topic" =>
        [
            new("bitext", TopicLabels.OfBitext, Measured: true),
            new("banking77", TopicLabels.OfBanking, Measured: true),
            new("clinc150", TopicLabels.OfClinc, Measured: true),
            new("hwu64", TopicLabels.OfHwu, Every: 2, Measured: true),
            new("te_sentiment", label => label == "neutral" ? "other" : null, Every: 40),
        ],
        "complaint" =>
        [
            new("te_sentiment", label => label == "positive" ? "other" : null, Every: 40),
            new("clinc150", _ => "other", Every: 40),
            new("hwu64", _ => "other", Every: 40),
        ],
        "technical" =>
        [
            new("banking77", intent => YesOrNo(NeedsSupport.Technical, intent), Every: 5),
            new("clinc150", intent => YesOrNo(NeedsSupport.Technical, intent), Every: 10),
            new("te_sentiment", _ => "no", Every: 100),
        ],
        "urgent" =>
        [
            new("banking77", intent => YesOrNo(NeedsSupport.Urgent, intent), Every: 5),
            new("clinc150", intent => YesOrNo(NeedsSupport.Urgent, intent), Every: 10),
            new("te_sentiment", _ => "no", Every: 100),
        ],
        "purchase" => [.. Background("no", 80), new SetUse("te_sentiment", _ => "no", Every: 200)],
        "idea" => [.. Background("no", 40), new SetUse("te_sentiment", _ => "no", Every: 100)],
        "spam" => [.. Background("genuine", 40), new SetUse("te_sentiment", _ => "genuine", Every: 100)],
        "about" or "intent" => [],
        _ => throw new ArgumentException($"There is no head \"{head}\".", nameof(head)),
    };

    private static string YesOrNo(IReadOnlySet<string> intents, string intent) => intents.Contains(intent) ? "yes" : "no";

    private static IEnumerable<SetUse> Background(string label, int every) =>
        PlainQuestions.Select(set => new SetUse(set, _ => label, every));
}
