using System.Text.Json;

namespace Crowd4Care.Language.Training;

/// <summary>
/// What the commands <c>train</c>, <c>evaluate</c>, <c>predict</c> and <c>bench-classify</c> do. A wrong file is an
/// <see cref="InvalidDataException"/> or an <see cref="IOException"/> whose message says which file, which line and what would be right.
/// </summary>
public static class TaskCommands
{
    /// <summary>Trains the model that is shipped, and writes its model card as <c>README.md</c> beside it, of the one that reads sentences as <c>sentences.md</c>.</summary>
    /// <param name="dataSets">The folder of the data sets.</param>
    /// <param name="modelFile">The model file to write.</param>
    /// <param name="output">Where to report.</param>
    /// <param name="seed">The order of training; the same data and seed give the same bytes.</param>
    /// <param name="reading">Thorough for the one that reads sentences: a file without the language, which is told as by the other.</param>
    public static void TrainShipped(string dataSets, string modelFile, TextWriter output, int seed = 1, Reading reading = Reading.Auto)
    {
        using var card = new StringWriter { NewLine = "\n" };
        var readsSentences = reading == Reading.Thorough;
        var model = ModelTrainer.Train(dataSets, output, card, seed, readsSentences);
        Save(readsSentences ? new MentionModel(model.Release, [.. model.Tables.Skip(1)]) : model, modelFile, output);
        var cardFile = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(modelFile))!, readsSentences ? "sentences.md" : "README.md");
        File.WriteAllText(cardFile, card.ToString());
        output.WriteLine($"wrote {cardFile}");
    }

    /// <summary>Trains a model for one task.</summary>
    /// <param name="task">The task's name, which its head gets.</param>
    /// <param name="trainFiles">Labelled texts, as <see cref="LabelledFile.Read(string)"/> reads them; several files are taken together.</param>
    /// <param name="validationFile">Labelled texts by which settings are chosen and probabilities calibrated; null keeps some of the others back.</param>
    /// <param name="modelFile">The model file to write.</param>
    /// <param name="output">Where to report.</param>
    /// <param name="seed">The order of training.</param>
    /// <param name="reading">How the model reads texts.</param>
    public static void Train(
        string task, IEnumerable<string> trainFiles, string? validationFile, string modelFile, TextWriter output, int seed = 1, Reading reading = Reading.Auto)
    {
        var samples = trainFiles.SelectMany(LabelledFile.Read).ToList();
        var model = TaskTrainer.Train(task, samples, validationFile is null ? null : LabelledFile.Read(validationFile), seed, output, reading);
        output.WriteLine($"{task}: {samples.Count} texts, {model.Heads[0].Labels.Count} labels");
        Save(model, modelFile, output);
    }

    /// <summary>Makes the resource of word vectors that models are trained with; they have to be trained again afterwards.</summary>
    /// <param name="wordsFile">The commonest English words as JSON: an array <c>words</c>, the commonest first.</param>
    /// <param name="encoderFolder">A sentence encoder to learn from: <c>model.json</c> with its weights, and <c>vocab.json</c>.</param>
    /// <param name="dataSets">The folder of the data sets.</param>
    /// <param name="vectorsFile">The file to write.</param>
    /// <param name="output">Where to report.</param>
    /// <param name="seed">The order of training.</param>
    public static void TrainWordVectors(string wordsFile, string encoderFolder, string dataSets, string vectorsFile, TextWriter output, int seed = 1) =>
        Write(vectorsFile, output, trained => WordVectorsTrainer.Train(wordsFile, encoderFolder, dataSets, trained, seed, output));

    /// <summary>Makes the resource of the sentence encoder, by which models read texts thoroughly; those that do have to be trained again afterwards.</summary>
    /// <param name="encoderFolder">The encoder as it is published: <c>model.json</c> with its weights, and <c>vocab.json</c>.</param>
    /// <param name="encoderFile">The file to write.</param>
    /// <param name="output">Where to report.</param>
    public static void ImportEncoder(string encoderFolder, string encoderFile, TextWriter output) =>
        Write(encoderFile, output, PublishedEncoder.Read(encoderFolder).Write);

    /// <summary>Makes the resource of opinions that models are trained with; they have to be trained again afterwards.</summary>
    /// <param name="dataSets">The folder of the data sets.</param>
    /// <param name="opinionsFile">The file to write.</param>
    /// <param name="output">Where to report.</param>
    /// <param name="seed">The order of training.</param>
    public static void TrainOpinions(string dataSets, string opinionsFile, TextWriter output, int seed = 1) =>
        Write(opinionsFile, output, trained => OpinionsTrainer.Train(dataSets, trained, seed, output));

    /// <summary>Compares a model's answers with labelled texts, and prints what <see cref="Evaluation"/> has.</summary>
    /// <param name="task">The head to ask; null for the model's only one.</param>
    /// <param name="modelFile">The model; null for the one that is shipped.</param>
    /// <param name="dataFile">Labelled texts, as <see cref="LabelledFile.Read(string)"/> reads them.</param>
    /// <param name="output">Where to print.</param>
    /// <param name="asJson">Print one JSON object.</param>
    public static Evaluation Evaluate(string? task, string? modelFile, string dataFile, TextWriter output, bool asJson = false)
    {
        var (model, head) = LoadFor(task, modelFile);
        var evaluation = Evaluation.Of(model, model.Heads[head].Name, LabelledFile.Read(dataFile));
        if (asJson)
            output.WriteLine(evaluation.ToJson());
        else
            evaluation.Print(output);
        return evaluation;
    }

    /// <summary>Prints one label a line, in the order of the texts.</summary>
    /// <param name="task">The head to ask; null for the model's only one.</param>
    /// <param name="modelFile">The model; null for the one that is shipped.</param>
    /// <param name="textFile">Texts, as <see cref="LabelledFile.ReadTexts"/> reads them.</param>
    /// <param name="output">Where to print.</param>
    /// <param name="withProbabilities">Print JSON lines with the probability of every label instead.</param>
    public static void Predict(string? task, string? modelFile, string textFile, TextWriter output, bool withProbabilities = false)
    {
        var (model, head) = LoadFor(task, modelFile);
        foreach (var score in LabelledFile.ReadTexts(textFile).AsParallel().AsOrdered().Select(text => model.Score(text)[head]))
            output.WriteLine(withProbabilities ? ToJson(score) : score.Label);
    }

    /// <summary>Measures how fast a model scores, all its heads at once.</summary>
    /// <param name="modelFile">The model; null for the one that is shipped.</param>
    /// <param name="textFile">Texts, as <see cref="LabelledFile.ReadTexts"/> reads them.</param>
    /// <param name="time">How long to measure, on one thread and on all cores each.</param>
    public static ScoringSpeed Bench(string? modelFile, string textFile, TimeSpan time)
    {
        var (model, texts) = (Load(modelFile), LabelledFile.ReadTexts(textFile));
        return texts.Count > 0 ? ScoringSpeed.Measure(model, texts, time)
            : throw new InvalidDataException($"{textFile}: there is no text in it.");
    }

    /// <summary>Written at the end: where a set is missing, the file that there is stays.</summary>
    private static void Write(string file, TextWriter output, Action<Stream> train)
    {
        using var trained = new MemoryStream();
        train(trained);
        File.WriteAllBytes(file, trained.ToArray());
        output.WriteLine($"wrote {file}, {trained.Length} bytes");
    }

    /// <summary>The probabilities are single precision: as such they are short, and nothing is lost.</summary>
    private static string ToJson(HeadScore score) => JsonSerializer.Serialize(new
    {
        label = score.Label,
        probability = (float)score.Probability,
        probabilities = score.All.ToDictionary(label => label.Label, label => (float)label.Probability),
    });

    private static void Save(MentionModel model, string modelFile, TextWriter output)
    {
        using (var file = File.Create(modelFile))
            model.Save(file);
        output.WriteLine($"wrote {modelFile}, version {model.Version}, {new FileInfo(modelFile).Length} bytes");
    }

    private static (MentionModel Model, int Head) LoadFor(string? task, string? modelFile)
    {
        var model = Load(modelFile);
        var (name, heads) = (modelFile ?? "The shipped model", string.Join(", ", model.Heads.Select(head => head.Name)));
        if (task is null)
            return model.Heads.Count == 1 ? (model, 0)
                : throw new InvalidDataException($"{name} has {model.Heads.Count} heads; name one as the task: {heads}.");
        var index = model.Heads.ToList().FindIndex(head => head.Name == task);
        return index >= 0 ? (model, index) : throw new InvalidDataException($"{name} has no head \"{task}\"; it has {heads}.");
    }

    private static MentionModel Load(string? modelFile)
    {
        if (modelFile is null)
            return MentionModel.LoadDefault();
        if (!File.Exists(modelFile))
            throw new FileNotFoundException($"{modelFile}: there is no such model file; train one first.", modelFile);
        using var file = File.OpenRead(modelFile);
        try
        {
            return MentionModel.Load(file);
        }
        catch (InvalidDataException failure)
        {
            throw new InvalidDataException($"{modelFile}: {failure.Message}", failure);
        }
    }
}
