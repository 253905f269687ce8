using Crowd4Care.Escalation.Duplicates;

namespace Crowd4Care.Tests.Escalation;

public sealed class DuplicateTextTests
{
    [TestCase("Thank you!", "thank you", true)]
    [TestCase("RT @zoe: my kettle is broken", "@brand My kettle is broken!!!", true)]
    [TestCase("My kettle is broken https://a.example/1", "My kettle is broken https://a.example/2", true)]
    [TestCase("My new kettle is broken since Monday", "My new kettle is broken since Monday, hello?", true)]
    [TestCase("Ｍｙ kettle is BROKEN", "my kettle is broken", true)]
    [TestCase("मेरा राउटर बंद है", "मेरा राउटर बंद है।", true)]
    [TestCase("My kettle is broken", "My lamp is bright", false)]
    [TestCase("Thank you", "Thank them", false)]
    [TestCase("https://a.example", "https://a.example", false)]
    [TestCase("", "", false)]
    public void Texts_are_the_same_by_their_words(string one, string other, bool same) =>
        Assert.That((DuplicateText.IsSame(one, other), DuplicateText.IsSame(other, one)), Is.EqualTo((same, same)));
}
