using System.IO.Compression;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

public sealed class LabelledFileTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("crowd4care").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [TestCase("label\ttext\nx\thello\n")]
    [TestCase("text\tlabel\nhello\tx\n")]
    [TestCase("id\ttext\tbrand\tlabel\n1\thello\tACME\tx\n")]
    [TestCase("Label\tid\t Text \nx\t1\thello\n")]
    [TestCase("\uFEFFlabel\ttext\r\nx\thello\r\n")]
    [TestCase("label\ttext\nx\thello")]
    [TestCase("label\ttext\n\nx\thello\n\n")]
    public void Text_and_label_are_found_wherever_they_are(string content) =>
        Assert.That(LabelledFile.Read(Write(content)), Is.EqualTo(new[] { new LabelledText("hello", "x") }));

    [TestCase("\"hello\"")]
    [TestCase("\"hello")]
    [TestCase("say \"\"hello\"\", he said")]
    [TestCase("'it's'")]
    public void A_quote_is_a_character_like_any_other(string text) =>
        Assert.That(LabelledFile.Read(Write($"label\ttext\nx\t{text}\ny\tnext\n")).Select(sample => sample.Text), Is.EqualTo(new[] { text, "next" }));

    [Test]
    public void A_compressed_file_reads_like_a_plain_one()
    {
        const string content = "id\tlabel\ttext\n1\tx\tGrüße 😀\n2\ty\tthere\n";
        Assert.That(LabelledFile.Read(Compressed(content)), Is.EqualTo(LabelledFile.Read(Write(content))));
        Assert.That(LabelledFile.ReadTexts(Compressed(content)), Is.EqualTo(new[] { "Grüße 😀", "there" }));
    }

    [TestCase("id\ttext\n1\ta\n2\t\n3\tb\n")]
    [TestCase("text\tid\na\t1\n\t2\nb\t3\n")]
    [TestCase("text\na\n\nb\n")]
    [TestCase("a\n\nb\n")]
    public void An_empty_text_keeps_its_place(string content) =>
        Assert.That(LabelledFile.ReadTexts(Write(content)), Is.EqualTo(new[] { "a", "", "b" }));

    [Test]
    public void Without_a_column_text_every_line_is_a_text() =>
        Assert.That(LabelledFile.ReadTexts(Write("the text is here\nid\tlabel\n")), Is.EqualTo(new[] { "the text is here", "id\tlabel" }));

    private string Compressed(string content)
    {
        var path = Path.Combine(folder, "texts.tsv.gz");
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionMode.Compress));
        writer.Write(content);
        return path;
    }

    private string Write(string content)
    {
        var path = Path.Combine(folder, "texts.tsv");
        File.WriteAllText(path, content);
        return path;
    }
}
