using System.Globalization;
using Crowd4Care.Language.Knowledge;

namespace Crowd4Care.Language.Training;

/// <summary>Writes what somebody who relies on the model should know, with figures measured on the spot.</summary>
internal static class ModelCard
{
    public static void Write(MentionModel model, TrainingData data, int seed, TextWriter output)
    {
        output.WriteLine(Intended(model));
        WriteData(data, output);
        output.WriteLine(Split);
        foreach (var head in TrainingData.Heads.Where(head => data.Measured(head).Any()))
            WriteHead(model, data, head, output);
        WriteKinds(model, data, output);
        WriteOwnPosts(model, data, output);
        output.WriteLine(Limits(seed));
    }

    private static void WriteData(TrainingData data, TextWriter output)
    {
        output.WriteLine("| head | set | texts | origin | licence |");
        output.WriteLine("|---|---|---:|---|---|");
        foreach (var head in TrainingData.Heads)
        {
            foreach (var set in TrainingSets.All)
            {
                var count = set.Name switch
                {
                    TrainingSets.OwnPosts => data.Own(head, OwnPosts.Train).Count(),
                    TrainingSets.OwnPhrases => OwnPosts.Phrases[head].Count(),
                    _ => data.Training(head, set.Name).Count(),
                };
                if (count > 0)
                    output.WriteLine($"| {head} | {set.Name} | {count} | {set.Origin} | {set.Licence} |");
            }
        }
    }

    private static void WriteHead(MentionModel model, TrainingData data, string head, TextWriter output)
    {
        output.WriteLine($"\n### {head}\n");
        output.WriteLine($"| set | {Columns}");
        foreach (var (set, texts) in data.Measured(head))
            output.WriteLine(Row(set, Evaluation.Of(model, head, texts)));

        var whole = Evaluation.Of(model, head, data.Measured(head).SelectMany(pair => pair.Texts));
        const int worst = 12;
        output.WriteLine(head == "language" ? $"\nThe {worst} languages told apart worst:\n" : "");
        output.WriteLine("| label | precision | recall | F1 | texts |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var label in head == "language" ? whole.Labels.OrderBy(label => label.F1).Take(worst) : whole.Labels)
            output.WriteLine(Line($"| {label.Label} | {label.Precision:0.000} | {label.Recall:0.000} | {label.F1:0.000} | {label.Support} |"));
    }

    private static void WriteKinds(MentionModel model, TrainingData data, TextWriter output)
    {
        output.WriteLine("\n### language, by length of the text\n");
        output.WriteLine($"| kind | {Columns}");
        foreach (var kind in data.LanguageByKind())
            output.WriteLine(Row(kind.Key, Evaluation.Of(model, "language", kind)));
    }

    private static void WriteOwnPosts(MentionModel model, TrainingData data, TextWriter output)
    {
        output.WriteLine("\n### Held-out own posts\n");
        output.WriteLine(HeldOut);
        output.WriteLine($"| head, language | {Columns}");
        foreach (var head in TrainingData.Heads)
        {
            foreach (var language in OwnPosts.All.Select(post => post.Language).Distinct())
                output.WriteLine(Row($"{head}, {language}", Evaluation.Of(model, head, data.Own(head, OwnPosts.Test, language))));
            output.WriteLine(Row($"{head}, all", Evaluation.Of(model, head, data.Own(head, OwnPosts.Test))));
        }
    }

    private const string Columns = "texts | accuracy | macro-F1 | macro-recall | calibration error |\n|---|---:|---:|---:|---:|---:|";

    private static string Row(string name, Evaluation figures) =>
        Line($"| {name} | {figures.Count} | {figures.Accuracy:0.000} | {figures.MacroF1:0.000} | {figures.MacroRecall:0.000} | {figures.CalibrationError:0.000} |");

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    private static string LabelsOf(ModelHead head) => head.Name == "language"
        ? $"{head.Labels.Count - 1} languages (ISO 639-1) and `und` when the text gives too little evidence"
        : string.Join(", ", head.Labels);

    private static bool ReadsSentences(MentionModel model) => model.Tables.Any(table => table.Heads.Any(head => head.Dimensions == Meaning.Thorough));

    private static string Intended(MentionModel model) => $"""
        # Model card: {(ReadsSentences(model) ? "sentences.model" : "mentions.model")}

        Version `{model.Version}`. This page is written by the training command; change `Training/ModelCard.cs`, not this file.

        ## Intended use

        Sorts public posts that mention a brand, so that the right person answers: in which language, how the writer feels, whether
        they are angry, whether the post is abusive, and what it is about. People see the score with its probability and the words that
        caused it, and can correct it. It is not made to judge people, to decide about anybody's account, or for texts that are not posts.

        Linear models over hashed words, word pairs and letter sequences, over the mean of vectors of words and pairs, and over what models of five
        sets of tweets say{(ReadsSentences(model) ? ", and over what a sentence encoder for English says" : "")}; one byte a weight. A head is unsure where more than one in five answers as probable as its own was wrong on
        validation texts. Heads and labels:

        {string.Join('\n', model.Heads.Select(head => $"* **{head.Name}**: {LabelsOf(head)}"))}

        The topics are by who can answer: access and personal data (account), money taken (billing) or given back (refund), leaving
        (cancellation), the parcel (delivery), the purchase (order), faults (technical), what is offered (product), how one was treated
        (service), and other. Praise is no topic: it is the sentiment of a post about the product or the service. What the other labels mean is
        in the [labelling guide](../../../docs/labelling.md).

        ## Data

        """;

    private const string Split = """

        Left out for their licence: airline tweets and customer-support tweets (CC BY-NC-SA 4.0), complaints (no licence stated). The tweets
        of the TweetEval family carry no licence of their own: whoever ships the model should agree with that, or train without them. What words mean
        was learned from a published sentence encoder (Apache 2.0) on texts of the same sets, see [Knowledge](../Knowledge/README.md).

        Only `train` parts are trained on. The validation parts (`val`), and, where there are no tweets of all labels, those of our own posts that are
        held back for it, choose each head's cost and temperature, as far as possible together with models that did not see a fifth of the texts that
        are trained on; the figures are measured on the same parts. So expect slightly less on new text. Heads without a set (complaint, intent, technical, urgent, purchase, idea, about, spam)
        learn from our own posts, some with weak labels from intents, and are measured on our own posts only.

        ## Figures

        Bitext's, BANKING77's and HWU64's intents are mapped onto our topics; Bitext was made from templates, so its figure is flattering.
        """;

    private const string HeldOut = """
        300 posts by a writer who saw none of the others, about other trades; labelled by the same guide, used for nothing but these figures.
        They are harder than what most people write: read them as what to expect of a new brand before anybody corrected anything.

        """;

    private static string Limits(int seed) => $"""

        ## What it does badly

        * All heads but the language learned mostly from English. In Spanish, German, French and Portuguese they know the words of
          a few hundred posts; in other languages they guess, and their probabilities are not calibrated there.
        * Irony is little better than a guess outside the tweets it learned from; so are ideas, purchase interest and "is it about us at all".
          They are hints for people and for sorting, not reasons to hide a post.
        * Irony and politeness hide anger ("great, the third outage this week, thank you so much").
        * Close relatives are confused, above all in single words: Bokmål, Nynorsk and Danish; Bosnian, Croatian and Serbian in Latin
          letters; Indonesian and Malay; Spanish and Portuguese.
        * Toxicity learned from American politics of 2018; swearing among friends looks toxic to it, and polite contempt does not.
        * The topic head has seen few real mentions: bank, shop and assistant questions, and our own posts. Words of other trades mean little to it.
        * Sums of words: who did what to whom is invisible to it.

        ## Train it again

            dotnet run --project src/Crowd4Care.Server -- train --data-sets DIR --out FILE --seed {seed}

        The same data and seed give the same bytes on the same kind of processor.
        """;
}
