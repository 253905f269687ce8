using System.Text.Json;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

public sealed class TaskCommandsTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("crowd4care").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void What_was_trained_is_evaluated()
    {
        var (data, model) = (Write("train.tsv", SomeTexts.Table()), Path("things.model"));
        TaskCommands.Train("things", [data], null, model, TextWriter.Null);
        using var output = new StringWriter();
        var evaluation = TaskCommands.Evaluate("things", model, data, output);
        Assert.That(evaluation.Accuracy, Is.EqualTo(1));
        Assert.That(output.ToString(), Does.Contain("accuracy 1.0000").And.Contain("macro-F1 1.0000").And.Contain("fruit"));
    }

    [TestCase("a juicy pear\nmy old saw\n")]
    [TestCase("id\ttext\n1\ta juicy pear\n2\tmy old saw\n")]
    public void One_label_a_line_is_predicted_for_bare_texts_and_tables(string input)
    {
        TaskCommands.Train("things", [Write("train.tsv", SomeTexts.Table())], null, Path("things.model"), TextWriter.Null);
        Assert.That(Predict(input), Is.EqualTo(new[] { "fruit", "tool" }));
    }

    [Test]
    public void The_only_head_answers_when_no_task_is_named()
    {
        TaskCommands.Train("things", [Write("train.tsv", SomeTexts.Table())], null, Path("things.model"), TextWriter.Null);
        Assert.That(Predict("a juicy pear\n", task: null), Is.EqualTo(new[] { "fruit" }));
        Assert.That(TaskCommands.Evaluate(null, Path("things.model"), Path("train.tsv"), TextWriter.Null).Head, Is.EqualTo("things"));
    }

    [Test]
    public void Several_heads_are_named_when_no_task_is() =>
        Assert.That(() => TaskCommands.Predict(null, null, Write("in.txt", "hello\n"), TextWriter.Null),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("sentiment").And.Message.Contains("language"));

    [Test]
    public void An_empty_text_gets_its_line()
    {
        TaskCommands.Train("things", [Write("train.tsv", SomeTexts.Table())], null, Path("things.model"), TextWriter.Null);
        Assert.That(Predict("id\ttext\n1\ta juicy pear\n2\t\n3\tmy old saw\n"), Has.Length.EqualTo(3));
    }

    [Test]
    public void Probabilities_are_printed_as_JSON_lines()
    {
        TaskCommands.Train("things", [Write("train.tsv", SomeTexts.Table())], null, Path("things.model"), TextWriter.Null);
        using var output = new StringWriter();
        TaskCommands.Predict("things", Path("things.model"), Write("in.txt", "a juicy pear\n"), output, withProbabilities: true);
        using var json = JsonDocument.Parse(output.ToString());
        var (line, probabilities) = (json.RootElement, json.RootElement.GetProperty("probabilities"));
        Assert.That(line.EnumerateObject().Select(property => property.Name), Is.EqualTo(new[] { "label", "probability", "probabilities" }));
        Assert.That(line.GetProperty("label").GetString(), Is.EqualTo("fruit"));
        Assert.That(line.GetProperty("probability").GetDouble(), Is.EqualTo(probabilities.GetProperty("fruit").GetDouble()));
        Assert.That(probabilities.EnumerateObject().Sum(label => label.Value.GetDouble()), Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void An_evaluation_is_printed_as_one_JSON_object()
    {
        TaskCommands.Train("things", [Write("train.tsv", SomeTexts.Table())], null, Path("things.model"), TextWriter.Null);
        using var output = new StringWriter();
        TaskCommands.Evaluate("things", Path("things.model"), Path("train.tsv"), output, asJson: true);
        using var json = JsonDocument.Parse(output.ToString());
        Assert.That(json.RootElement.GetProperty("texts").GetInt32(), Is.EqualTo(SomeTexts.Texts.Length));
        Assert.That(json.RootElement.GetProperty("macroF1").GetDouble(), Is.EqualTo(1));
    }

    [Test]
    public void Scoring_is_timed_and_allocates_nothing()
    {
        var speed = TaskCommands.Bench(null, Write("in.tsv", SomeTexts.Table()), TimeSpan.FromMilliseconds(50));
        Assert.That(speed.TextsPerSecondOneThread, Is.Positive);
        Assert.That(speed.TextsPerSecondAllThreads, Is.Positive);
        Assert.That(speed.BytesPerText, Is.Zero);
        Assert.That(speed.Heads, Does.Contain("sentiment"));
    }

    [Test]
    public void A_model_for_one_task_allocates_nothing_either()
    {
        TaskCommands.Train("things", [Write("train.tsv", SomeTexts.Table())], null, Path("things.model"), TextWriter.Null);
        Assert.That(TaskCommands.Bench(Path("things.model"), Path("train.tsv"), TimeSpan.FromMilliseconds(50)).BytesPerText, Is.Zero);
    }

    [Test]
    public void The_shipped_model_answers_when_no_model_is_named()
    {
        using var output = new StringWriter();
        TaskCommands.Predict("language", null, Write("in.txt", "Guten Morgen, wie geht es Ihnen heute?\n"), output);
        Assert.That(output.ToString().Trim(), Is.EqualTo("de"));
    }

    [TestCase("id\ttext\n1\thello\n", "line 1: no column \"label\"")]
    [TestCase("label\ttext\na\thello\nb\n", "line 3: 1 tab-separated fields, the header has 2")]
    [TestCase("label\ttext\na\thello\n\tthere\n", "line 3: the label is empty")]
    [TestCase("label\ttext\n", "no line after the header")]
    [TestCase("", "the file is empty")]
    public void A_bad_line_is_named(string content, string reason)
    {
        var data = Write("bad.tsv", content);
        Assert.That(() => TaskCommands.Train("things", [data], null, Path("m"), TextWriter.Null),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains(reason).And.Message.Contains("bad.tsv"));
    }

    [Test]
    public void A_missing_file_is_named() =>
        Assert.That(() => TaskCommands.Evaluate("things", Path("none.model"), Path("none.tsv"), TextWriter.Null),
            Throws.InstanceOf<IOException>().With.Message.Contains("none.model"));

    [Test]
    public void A_task_that_the_model_does_not_know_is_refused_with_those_it_does() =>
        Assert.That(() => TaskCommands.Evaluate("weather", null, Write("in.tsv", SomeTexts.Table()), TextWriter.Null),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("no head \"weather\"").And.Message.Contains("sentiment"));

    [Test]
    public void A_missing_data_folder_is_named() =>
        Assert.That(() => TaskCommands.TrainShipped(Path("nowhere"), Path("m"), TextWriter.Null),
            Throws.InstanceOf<IOException>().With.Message.Contains("nowhere"));

    private string[] Predict(string input, string? task = "things")
    {
        using var output = new StringWriter { NewLine = "\n" };
        TaskCommands.Predict(task, Path("things.model"), Write("in.txt", input), output);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private string Path(string name) => System.IO.Path.Combine(folder, name);

    private string Write(string name, string content)
    {
        File.WriteAllText(Path(name), content);
        return Path(name);
    }
}
