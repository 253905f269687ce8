namespace Crowd4Care.Language.Training;

/// <summary>
/// What the commands <c>train</c>, <c>evaluate</c> and <c>predict</c> do. A wrong file is an <see cref="InvalidDataException"/> or an
/// <see cref="IOException"/> whose message says which file, which line and what would be right.
/// </summary>
public static class TaskCommands
{
    /// <summary>Trains the model that is shipped, and writes its model card as <c>README.md</c> beside it.</summary>
    /// <param name="dataSets">The folder of the data sets.</param>
    /// <param name="modelFile">The model file to write.</param>
    /// <param name="output">Where to report.</param>
    /// <param name="seed">The order of training; the same data and seed give the same bytes.</param>
    public static void TrainShipped(string dataSets, string modelFile, TextWriter output, int seed = 1)
    {
        using var card = new StringWriter { NewLine = "\n" };
        var model = ModelTrainer.Train(dataSets, output, card, seed);
        Save(model, modelFile, output);
        var cardFile = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(modelFile))!, "README.md");
        File.WriteAllText(cardFile, card.ToString());
        output.WriteLine($"wrote {cardFile}");
    }

    /// <summary>Trains a model for one task.</summary>
    /// <param name="task">The task's name, which its head gets.</param>
    /// <param name="trainFile">Labelled texts, as <see cref="LabelledFile.Read(string)"/> reads them.</param>
    /// <param name="modelFile">The model file to write.</param>
    /// <param name="output">Where to report.</param>
    /// <param name="seed">The order of training.</param>
    public static void Train(string task, string trainFile, string modelFile, TextWriter output, int seed = 1) =>
        Train(task, LabelledFile.Read(trainFile), modelFile, output, seed);

    /// <summary>Trains a model for one task from a file of texts and a file of labels, line by line.</summary>
    /// <param name="task">The task's name, which its head gets.</param>
    /// <param name="textFile">One text a line.</param>
    /// <param name="labelFile">One label a line.</param>
    /// <param name="modelFile">The model file to write.</param>
    /// <param name="output">Where to report.</param>
    /// <param name="seed">The order of training.</param>
    public static void Train(string task, string textFile, string labelFile, string modelFile, TextWriter output, int seed = 1) =>
        Train(task, LabelledFile.Read(textFile, labelFile), modelFile, output, seed);

    /// <summary>Compares a model's answers with labelled texts, and prints accuracy, macro-F1 and each label's figures.</summary>
    /// <param name="task">The head to ask.</param>
    /// <param name="modelFile">The model; null for the one that is shipped.</param>
    /// <param name="dataFile">Labelled texts.</param>
    /// <param name="output">Where to print.</param>
    public static Evaluation Evaluate(string task, string? modelFile, string dataFile, TextWriter output) =>
        Evaluate(task, LoadFor(task, modelFile), LabelledFile.Read(dataFile), output);

    /// <summary>Compares a model's answers with a file of texts and a file of labels, line by line.</summary>
    /// <param name="task">The head to ask.</param>
    /// <param name="modelFile">The model; null for the one that is shipped.</param>
    /// <param name="textFile">One text a line.</param>
    /// <param name="labelFile">One label a line.</param>
    /// <param name="output">Where to print.</param>
    public static Evaluation Evaluate(string task, string? modelFile, string textFile, string labelFile, TextWriter output) =>
        Evaluate(task, LoadFor(task, modelFile), LabelledFile.Read(textFile, labelFile), output);

    /// <summary>Prints one label a line, in the order of the texts.</summary>
    /// <param name="task">The head to ask.</param>
    /// <param name="modelFile">The model; null for the one that is shipped.</param>
    /// <param name="textFile">Texts, as <see cref="LabelledFile.ReadTexts"/> reads them.</param>
    /// <param name="output">Where to print.</param>
    public static void Predict(string task, string? modelFile, string textFile, TextWriter output)
    {
        var model = LoadFor(task, modelFile);
        var index = model.Heads.ToList().FindIndex(head => head.Name == task);
        foreach (var text in LabelledFile.ReadTexts(textFile))
            output.WriteLine(model.Score(text)[index].Label);
    }

    private static Evaluation Evaluate(string task, MentionModel model, IReadOnlyList<LabelledText> samples, TextWriter output)
    {
        var evaluation = Evaluation.Of(model, task, samples);
        evaluation.Print(output);
        return evaluation;
    }

    private static void Train(string task, IReadOnlyList<LabelledText> samples, string modelFile, TextWriter output, int seed)
    {
        var model = TaskTrainer.Train(task, samples, seed);
        output.WriteLine($"{task}: {samples.Count} texts, {model.Heads[0].Labels.Count} labels");
        Save(model, modelFile, output);
    }

    private static void Save(MentionModel model, string modelFile, TextWriter output)
    {
        using (var file = File.Create(modelFile))
            model.Save(file);
        output.WriteLine($"wrote {modelFile}, version {model.Version}, {new FileInfo(modelFile).Length} bytes");
    }

    private static MentionModel LoadFor(string task, string? modelFile)
    {
        var model = modelFile is null ? MentionModel.LoadDefault() : Load(modelFile);
        return model.Heads.Any(head => head.Name == task) ? model
            : throw new InvalidDataException(
                $"{modelFile ?? "The shipped model"} has no head \"{task}\"; it has {string.Join(", ", model.Heads.Select(head => head.Name))}.");
    }

    private static MentionModel Load(string modelFile)
    {
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
