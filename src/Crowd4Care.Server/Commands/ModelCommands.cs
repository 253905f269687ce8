using System.CommandLine;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Server.Commands;

/// <summary><c>train</c>, <c>evaluate</c> and <c>predict</c>: models from labelled text, and what they are worth.</summary>
internal static class ModelCommands
{
    /// <summary>Trains the shipped model from a folder of data sets, a model for one task from a labelled file, or tunes the live model.</summary>
    public static Command Train()
    {
        var sets = new Option<string?>("--data-sets") { Description = "A folder of data sets: trains every head of the shipped model.", HelpName = "DIR" };
        var task = Task(required: false);
        var texts = new Option<string?>("--texts") { Description = "With --task: labelled texts (TSV with the columns label and text), or one text a line with --labels.", HelpName = "FILE" };
        var labels = new Option<string?>("--labels") { Description = "With --texts: one label a line.", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "The model file to write.", HelpName = "FILE" };
        var corrections = new Option<bool>("--corrections") { Description = "Tunes the live model by what people corrected; better ones are live at once." };
        var force = new Option<bool>("--force") { Description = "With --corrections: live whatever the figures say." };
        var data = CommonOptions.Data();
        var seed = new Option<int>("--seed") { Description = "The order of training; the same data and seed give the same file.", DefaultValueFactory = _ => 1 };
        var command = new Command("train", "Trains a model.") { sets, task, texts, labels, output, seed, corrections, force, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (folder, name, text, file) = (parsed.GetValue(sets), parsed.GetValue(task), parsed.GetValue(texts), parsed.GetValue(output));
            if (parsed.GetValue(corrections) && folder is null && name is null && file is null)
                return await TuneCommand.RunAsync(parsed.Settings(data), parsed.GetValue(seed), parsed.GetValue(force), cancellationToken);
            if (parsed.GetValue(corrections) || file is null)
                throw new UsageException("Give --corrections alone, or --out FILE with what to learn from.");
            if (folder is not null && name is null)
                TaskCommands.TrainShipped(folder, file, Console.Out, parsed.GetValue(seed));
            else if (folder is null && name is not null && text is not null && parsed.GetValue(labels) is { } labelled)
                TaskCommands.Train(name, text, labelled, file, Console.Out, parsed.GetValue(seed));
            else if (folder is null && name is not null && text is not null)
                TaskCommands.Train(name, text, file, Console.Out, parsed.GetValue(seed));
            else
                throw new UsageException("Give --data-sets DIR, --task T with --texts FILE, or --corrections.");
            return 0;
        });
        return command;
    }

    /// <summary>Compares a model's answers with labelled texts.</summary>
    public static Command Evaluate()
    {
        var task = Task(required: true);
        var model = Model();
        var texts = new Argument<string>("FILE") { Description = "Labelled texts: TSV with the columns label and text." };
        var command = new Command("evaluate", "Prints accuracy, macro-F1 and each label's figures.") { texts, task, model };
        command.SetAction(parsed =>
        {
            TaskCommands.Evaluate(parsed.GetValue(task)!, parsed.GetValue(model), parsed.GetValue(texts)!, Console.Out);
            return 0;
        });
        return command;
    }

    /// <summary>Prints one predicted label a line.</summary>
    public static Command Predict()
    {
        var task = Task(required: true);
        var model = Model();
        var texts = new Argument<string>("FILE") { Description = "One text a line, or TSV with a column text." };
        var command = new Command("predict", "Prints one predicted label a line.") { texts, task, model };
        command.SetAction(parsed =>
        {
            using var output = new StreamWriter(Console.OpenStandardOutput());
            TaskCommands.Predict(parsed.GetValue(task)!, parsed.GetValue(model), parsed.GetValue(texts)!, output);
            return 0;
        });
        return command;
    }

    private static Option<string?> Task(bool required) => new("--task") { Description = "The task, which is the name of the model's head.", HelpName = "T", Required = required };

    private static Option<string?> Model() => new("--model") { Description = "The model file; the shipped model if left out.", HelpName = "FILE" };
}
