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
        Assert.That(TensorPrimitives.Dot<float>(Meaning("the refund"), Meaning("refund")), Is.GreaterThan(0.8));

    [Test]
    public void Pairs_of_words_mean_something_of_their_own() =>
        Assert.That(TensorPrimitives.Dot<float>(Meaning("not good"), Meaning("good not")), Is.LessThan(0.98));

    [Test]
    public void However_long_a_text_is_only_its_first_words_count()
    {
        var many = string.Join(' ', Enumerable.Repeat("late parcel", WordVectors.MostWords / 2));
        Assert.That(Meaning(many + " refund"), Is.EqualTo(Meaning(many)));
    }

    [Test]
    public void Vectors_are_read_as_they_were_written()
    {
        var bias = new float[WordVectors.Dimensions];
        var (refund, pair) = (new float[WordVectors.Dimensions], new float[WordVectors.Dimensions]);
        (bias[0], refund[1], pair[2]) = (0.5f, 2, 3);
        var tokens = new TokenizedText();
        Tokenizer.Read("a refund", tokens);
        Span<uint> keys = stackalloc uint[WordVectors.MostWords * 2];
        Assert.That(WordVectors.KeysOf(tokens, keys), Is.EqualTo(4), "a word and a pair each");
        using var stream = new MemoryStream();
        WordVectors.Write(stream, common: 1, bias, [WordVectors.KeyOf("refund"), keys[3]], [refund, pair], step: 0.5f);
        stream.Position = 0;

        var vectors = WordVectors.Read(stream);
        var read = new float[WordVectors.Dimensions];
        vectors.Read(tokens, read);

        // (0.5, 2/2, 3/2) of two words, at length one.
        var length = MathF.Sqrt(0.25f + 1 + 2.25f);
        Assert.That(read[..3], Is.EqualTo([0.5f / length, 1 / length, 1.5f / length]).Within(1e-5f));
        Assert.That(vectors.RankOf("refund"), Is.Zero);
        Assert.That(vectors.RankOf("a"), Is.EqualTo(-1));
    }

    private static float[] Meaning(string text)
    {
        var (tokens, meaning) = (new TokenizedText(), new float[WordVectors.Dimensions]);
        Tokenizer.Read(text, tokens);
        WordVectors.Shipped.Read(tokens, meaning);
        return meaning;
    }
}
