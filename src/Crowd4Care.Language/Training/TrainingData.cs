namespace Crowd4Care.Language.Training;

/// <summary>The texts of all allowed sets, mapped onto each head's labels.</summary>
internal sealed class TrainingData
{
    private readonly Dictionary<(string Set, string Part), IReadOnlyList<LabelledText>> files;

    private readonly string folder;

    private TrainingData(string folder, Dictionary<(string Set, string Part), IReadOnlyList<LabelledText>> files)
    {
        this.folder = folder;
        this.files = files;
    }

    /// <summary>All heads of the shipped model, in their order.</summary>
    public static IReadOnlyList<string> Heads { get; } = [.. OwnPosts.Labels.Keys.Prepend("language")];

    public static TrainingData Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: there is no such folder; it should hold a folder for each set, such as te_sentiment.");
        var files = new Dictionary<(string Set, string Part), IReadOnlyList<LabelledText>>();
        foreach (var set in TrainingSets.All.Where(set => set.Name is not (TrainingSets.OwnPosts or TrainingSets.OwnPhrases)))
        {
            foreach (var part in new[] { "train", "val" })
                files[(set.Name, part)] = LabelledFile.Read(Find(folder, set.Name, part));
        }

        // Out-of-scope texts are what "other" is about; CLINC150 keeps them apart.
        foreach (var part in new[] { "train", "val" })
            files[("clinc150", part)] = [.. files[("clinc150", part)], .. LabelledFile.Read(Find(folder, "clinc150", "oos_" + part))];
        return new TrainingData(folder, files);
    }

    public static IReadOnlyList<string> LabelsOf(string head, IEnumerable<LabelledText> texts) =>
        OwnPosts.Labels.GetValueOrDefault(head) ?? HeadPlan.LabelsOf(texts);

    public IEnumerable<LabelledText> Training(string head) => TrainingSets.For(head).SelectMany(use => Use(use, "train"));

    public IEnumerable<LabelledText> Training(string head, string set) =>
        TrainingSets.For(head).Where(use => use.Set == set).SelectMany(use => Use(use, "train"));

    /// <summary>The validation parts, and where these are no tweets, our own posts that are held back for it.</summary>
    public IReadOnlyList<LabelledText> ForCalibration(string head) =>
        [.. Measured(head).SelectMany(pair => pair.Texts), .. HasTweetsOfAllLabels(head) ? [] : Own(head, OwnPosts.Held)];

    /// <summary>
    /// Whether there are tweets for all that a head can answer. Then settings are judged and probabilities fitted by them alone: our own posts are
    /// easier, and would make it too sure.
    /// </summary>
    public bool HasTweetsOfAllLabels(string head) =>
        TrainingSets.For(head).Any(use => use.Measured && use.Set.StartsWith("te_", StringComparison.Ordinal))
        && OwnPosts.Labels[head].All(Measured(head).SelectMany(pair => pair.Texts).Select(text => text.Label).ToHashSet().Contains);

    /// <summary>The language set's validation part by kind of text: word, pair, sentence.</summary>
    public IEnumerable<IGrouping<string, LabelledText>> LanguageByKind() =>
        LabelledFile.Rows(Find(folder, "langid", "val"), ["kind", "label", "text"])
            .GroupBy(row => row.Fields[0], row => new LabelledText(row.Fields[2], row.Fields[1]));

    public IEnumerable<LabelledText> Own(string head, string part, string? language = null) =>
        OwnPosts.All.Where(post => post.Part == part && (language is null || post.Language == language))
            .Select(post => new LabelledText(post.Text, post.Labels[head]));

    /// <summary>The validation parts by set.</summary>
    public IEnumerable<(string Set, IReadOnlyList<LabelledText> Texts)> Measured(string head) =>
        TrainingSets.For(head).Where(use => use.Measured)
            .Select(use => (use.Set, (IReadOnlyList<LabelledText>)[.. Use(use with { Every = 1 }, "val")]));

    private IEnumerable<LabelledText> Use(SetUse use, string part) =>
        files[(use.Set, part)]
            .Where((_, index) => index % use.Every == 0)
            .Select(text => (text, label: use.Label(text.Label)))
            .Where(pair => pair.label is not null)
            .Select(pair => pair.text with { Label = pair.label!, IsBackground = !use.Measured });

    internal static string Find(string folder, string set, string part)
    {
        var path = Path.Combine(folder, set, part + ".tsv");
        return File.Exists(path) || !File.Exists(path + ".gz") ? path : path + ".gz";
    }
}
