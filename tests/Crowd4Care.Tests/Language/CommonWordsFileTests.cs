using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

public sealed class CommonWordsFileTests
{
    private string path = null!;

    [SetUp]
    public void Name() => path = Path.Combine(Directory.CreateTempSubdirectory("crowd4care-words").FullName, "words.json");

    [TearDown]
    public void Remove() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Test]
    public void The_first_words_are_read_wherever_they_stand()
    {
        File.WriteAllText(path, """{"size": 2, "vectors": {"words": [1, 2]}, "words": ["the", ",", "of"], "unknown": [0]}""");
        Assert.That(CommonWordsFile.Read(path, 2), Is.EqualTo(["the", ","]));
        Assert.That(CommonWordsFile.Read(path, 9), Is.EqualTo(["the", ",", "of"]));
    }

    [TestCase("""{"size": 2}""", "has no words")]
    [TestCase("""{"words": []}""", "has no words")]
    [TestCase("the\nof\n", "is not JSON with words")]
    public void Other_files_are_refused_by_name(string content, string problem)
    {
        File.WriteAllText(path, content);
        Assert.That(() => CommonWordsFile.Read(path, 2), Throws.TypeOf<InvalidDataException>().With.Message.Contains(path).And.Message.Contains(problem));
    }
}
