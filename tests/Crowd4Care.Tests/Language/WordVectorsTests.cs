using System.Numerics.Tensors;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Tests.Language;

public sealed class WordVectorsTests
{
    [Test]
    public void A_text_of_known_words_has_length_one() => Assert.That(TensorPrimitives.Norm<float>(Meaning("my parcel is late")), Is.EqualTo(1).Within(1e-5));

    [Test]
    public void Names_links_and_unknown_words_mean_nothing() =>
        Assert.That(Meaning("@parcel https://parcel.example xqzzkv"), Is.All.Zero);

    [Test]
    public void Related_words_are_nearer_than_others() =>
        Assert.That(TensorPrimitives.Dot<float>(Meaning("parcel"), Meaning("package")), Is.GreaterThan(TensorPrimitives.Dot<float>(Meaning("parcel"), Meaning("singer")) + 0.2));

    [Test]
    public void A_word_that_is_everywhere_says_little() =>
        Assert.That(TensorPrimitives.Dot<float>(Meaning("the refund"), Meaning("refund")), Is.GreaterThan(0.95));

    private static float[] Meaning(string text)
    {
        var (tokens, meaning) = (new TokenizedText(), new float[WordVectors.Dimensions]);
        Tokenizer.Read(text, tokens);
        WordVectors.Shipped.Read(tokens, meaning);
        return meaning;
    }
}
