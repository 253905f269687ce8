using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Crowd4Care.Classification;
using Crowd4Care.Contracts;
using Crowd4Care.Storage;

namespace Crowd4Care.Server.Commands;

/// <summary><c>classify FILE</c>: scores each line of text; no database needed.</summary>
internal static class ClassifyCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "One text a line; - is standard input." };
        var json = CommonOptions.Json();
        var command = new Command("classify", "Scores each line of text.") { file, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(file)!;
            if (path != "-")
                CommonOptions.Existing(path);

            var asJson = parsed.GetValue(json);
            var classifier = LinearClassifier.Shipped();
            using var reader = path == "-" ? Console.In : new StreamReader(path);
            await using var output = new StreamWriter(Console.OpenStandardOutput());
            while (await reader.ReadLineAsync(cancellationToken) is { } text)
            {
                var score = asJson ? classifier.Explain(text, null) : classifier.Score(text, null);
                await output.WriteLineAsync(asJson ? JsonSerializer.Serialize(new { text, score.ModelVersion, score.Heads }, Sql.Json) : Line(score, text));
            }

            return 0;
        });
        return command;
    }

    private static string Line(MentionScore score, string text) =>
        string.Join('\t', score.Heads.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Head}={h.Label} {h.Probability:0.00}")).Append(text));
}
