using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Server.Commands;

/// <summary><c>train</c>, <c>evaluate</c>, <c>predict</c> and <c>bench-classify</c>: models from labelled text, and what they are worth.</summary>
internal static class ModelCommands
{
    /// <summary>Trains the shipped model from a folder of data sets, a model for one task from a labelled file, or tunes the live model.</summary>
    public static Command Train()
    {
        var sets = new Option<string?>("--data-sets") { Description = "A folder of data sets: trains every head of the shipped model.", HelpName = "DIR" };
        var words = new Option<string?>("--words") { Description = "With --encoder: English words as JSON, the commonest first.", HelpName = "FILE" };
        var encoder = new Option<string?>("--encoder") { Description = "Makes the file of the sentence encoder that models read with; with --data-sets and --words, that of the word vectors.", HelpName = "DIR" };
        var opinions = new Option<bool>("--opinions") { Description = "With --data-sets: makes the file of opinions that models are trained with." };
        var task = Task(required: false);
        var train = new Option<string?>("--train") { Description = "With --task: labelled texts, TSV with the columns label and text, also .gz; several with commas between.", HelpName = "FILE[,FILE]" };
        var validation = new Option<string?>("--validation") { Description = "Labelled texts that choose settings and calibrate; a tenth of the others if left out.", HelpName = "FILE" };
        var reading = new Option<Reading>("--reading") { Description = "With --task or --data-sets: Fast reads word by word, Thorough also as sentences, some hundreds a second; Auto takes what is worth it, of a task.", DefaultValueFactory = _ => Reading.Auto };
        var output = new Option<string?>("--out") { Description = "The model file to write.", HelpName = "FILE" };
        var corrections = new Option<bool>("--corrections") { Description = "Tunes the live model by what people corrected; better ones are live at once." };
        var force = new Option<bool>("--force") { Description = "With --corrections: live whatever the figures say." };
        var data = CommonOptions.Data();
        var seed = new Option<int>("--seed") { Description = "The order of training; the same data and seed give the same file.", DefaultValueFactory = _ => 1 };
        var command = new Command("train", "Trains a model.") { sets, words, encoder, opinions, task, train, validation, reading, output, seed, corrections, force, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (folder, name, files, file) = (parsed.GetValue(sets), parsed.GetValue(task), parsed.GetValue(train)?.Split(','), parsed.GetValue(output));
            if (parsed.GetValue(corrections) && folder is null && name is null && file is null)
                return await TuneCommand.RunAsync(parsed.Settings(data), parsed.GetValue(seed), parsed.GetValue(force), cancellationToken);
            if (parsed.GetValue(corrections) || file is null)
                throw new UsageException("Give --corrections alone, or --out FILE with what to learn from.");
            var (teacher, list) = (parsed.GetValue(encoder), parsed.GetValue(words));
            var hasMore = name is not null || files is not null || parsed.GetValue(opinions);
            if (teacher is not null && list is null && folder is null && !hasMore)
                TaskCommands.ImportEncoder(teacher, file, Console.Out);
            else if (teacher is not null && list is not null && folder is not null && !hasMore)
                TaskCommands.TrainWordVectors(list, teacher, folder, file, Console.Out, parsed.GetValue(seed));
            else if (teacher is not null || list is not null)
                throw new UsageException("Give --encoder DIR alone, or for word vectors with --words FILE and --data-sets DIR, and nothing else to learn from.");
            else if (folder is not null && name is null && files is null && parsed.GetValue(opinions))
                TaskCommands.TrainOpinions(folder, file, Console.Out, parsed.GetValue(seed));
            else if (folder is not null && name is null && files is null)
                TaskCommands.TrainShipped(folder, file, Console.Out, parsed.GetValue(seed), parsed.GetValue(reading));
            else if (folder is null && name is not null && files is not null && !parsed.GetValue(opinions))
                TaskCommands.Train(name, files, parsed.GetValue(validation), file, Console.Out, parsed.GetValue(seed), parsed.GetValue(reading));
            else
                throw new UsageException("Give --data-sets DIR, also with --opinions, --task T with --train FILE, or --corrections.");
            return 0;
        });
        return command;
    }

    /// <summary>Compares a model's answers with labelled texts.</summary>
    public static Command Evaluate()
    {
        var (texts, task, model, json) = (new Texts("Labelled texts: TSV with the columns label and text; also .gz."), Head(), Model(), CommonOptions.Json());
        var command = new Command("evaluate", "Prints accuracy, macro-F1, calibration, each label's figures and the abstain curve.") { task, model, json };
        texts.AddTo(command);
        command.SetAction(parsed =>
        {
            TaskCommands.Evaluate(parsed.GetValue(task), parsed.GetValue(model), texts.In(parsed), Console.Out, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    /// <summary>Prints one predicted label a line.</summary>
    public static Command Predict()
    {
        var (texts, task, model) = (new Texts("TSV with a column text, or one text a line; also .gz."), Head(), Model());
        var probabilities = new Option<bool>("--probabilities") { Description = "Print JSON lines with the probability of every label." };
        var command = new Command("predict", "Prints one predicted label a line.") { task, model, probabilities };
        texts.AddTo(command);
        command.SetAction(parsed =>
        {
            using var output = new StreamWriter(Console.OpenStandardOutput());
            TaskCommands.Predict(parsed.GetValue(task), parsed.GetValue(model), texts.In(parsed), output, parsed.GetValue(probabilities));
            return 0;
        });
        return command;
    }

    /// <summary>Measures how fast texts are scored.</summary>
    public static Command Bench()
    {
        var (texts, model, json) = (new Texts("TSV with a column text, or one text a line; also .gz."), Model(), CommonOptions.Json());
        var seconds = new Option<double>("--seconds") { Description = "How long to measure, on one thread and on all cores each.", HelpName = "N", DefaultValueFactory = _ => 5 };
        var command = new Command("bench-classify", "Measures how many texts a second a model scores.") { model, seconds, json };
        texts.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(seconds) is not (> 0 and <= 3600) and var wrong)
                throw new UsageException($"--seconds {wrong} is not a time to measure; a number over 0, up to 3600, is expected.");
            var speed = TaskCommands.Bench(parsed.GetValue(model), texts.In(parsed), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(speed, JsonSerializerOptions.Web) : string.Create(CultureInfo.InvariantCulture,
                $"{speed.TextsPerSecondOneThread:0} texts/s on one thread, {speed.TextsPerSecondAllThreads:0} on all, {speed.BytesPerText:0.##} bytes a text; heads: {string.Join(", ", speed.Heads)}"));
            return 0;
        });
        return command;
    }

    private static Option<string?> Task(bool required) => new("--task") { Description = "The task, which is the name of the model's head.", HelpName = "T", Required = required };

    private static Option<string?> Head() => new("--task") { Description = "The task, which is the name of the model's head; the only head if left out.", HelpName = "T" };

    private static Option<string?> Model() => new("--model") { Description = "The model file; the shipped model if left out.", HelpName = "FILE" };

    /// <summary>The file of texts, named by --file or by its place.</summary>
    private sealed class Texts(string description)
    {
        private readonly Option<string?> option = new("--file") { Description = description, HelpName = "FILE" };
        private readonly Argument<string?> argument = new("FILE") { Description = "The same without --file.", Arity = ArgumentArity.ZeroOrOne };

        public void AddTo(Command command)
        {
            command.Add(option);
            command.Add(argument);
        }

        public string In(ParseResult parsed) => (parsed.GetValue(option), parsed.GetValue(argument)) switch
        {
            (null, null) => throw new UsageException("No texts are named; give --file FILE."),
            ({ } one, { } other) => throw new UsageException($"Two files of texts are named, {one} and {other}; give one."),
            var (named, placed) => named ?? placed!,
        };
    }
}
