using Crowd4Care.Language;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

/// <summary>A toy task that any model learns: fruit or tool.</summary>
internal static class SomeTexts
{
    private static readonly string[] Fruit = ["apple", "pear", "cherry", "plum", "grape"];
    private static readonly string[] Tools = ["hammer", "saw", "drill", "wrench", "chisel"];

    public static readonly string[] Texts = [.. Pairs().Select(pair => pair.Text)];
    public static readonly string[] Labels = [.. Pairs().Select(pair => pair.Label)];

    public static MentionModel Model(int seed = 1) => TaskTrainer.Train("things", [.. Pairs().Select(pair => new LabelledText(pair.Text, pair.Label))], seed: seed);

    public static byte[] Bytes(MentionModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    public static string Table() => "id\tlabel\ttext\n" + string.Concat(Pairs().Select((pair, id) => $"{id}\t{pair.Label}\t{pair.Text}\n"));

    private static IEnumerable<(string Text, string Label)> Pairs() =>
        from round in Enumerable.Range(1, 6)
        from word in Fruit.Concat(Tools)
        select ($"I took {round} of the {word}s home", Fruit.Contains(word) ? "fruit" : "tool");
}
