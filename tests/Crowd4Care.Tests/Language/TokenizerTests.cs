using Crowd4Care.Language.Text;

namespace Crowd4Care.Tests.Language;

public sealed class TokenizerTests
{
    [TestCase("Router dead again", "router|dead|again")]
    [TestCase("@velo_net why?!", "@velo_net|why|?!")]
    [TestCase("see https://example.org/a?b=c now", "see|/|now")]
    [TestCase("#EpicFail2 today", "epicfail2|epic|fail|today")]
    [TestCase("Sooooo slow!!!!!!", "soo|slow|!!!")]
    [TestCase("don\u2019t", "don't")]
    [TestCase("4G, 12.50 and 3", "4g|,|12.50|and|3")]
    [TestCase("fish &amp; chips", "fish|&|chips")]
    [TestCase("nice :-) work :D", "nice|:-)|work|:d")]
    [TestCase("¿Qué pasó?", "¿|qué|pasó|?")]
    [TestCase("नमस्ते दुनिया", "नमस्ते|दुनिया")]
    public void A_post_is_cut_into_folded_tokens(string text, string expected) =>
        Assert.That(string.Join('|', Fold(text)).ToLowerInvariant(), Is.EqualTo(expected));

    [TestCase("#ihatemondays", "i|hate|mondays")]
    [TestCase("#worstcompanyever", "worst|company|ever")]
    [TestCase("#notfunny", "not|funny")]
    [TestCase("#BlackFriday", "black|friday")]
    [TestCase("#black_friday2026", "black|friday")]
    [TestCase("#USAToday", "usa|today")]
    [TestCase("#SchönesWetter", "schönes|wetter")]
    [TestCase("#love", "")]
    [TestCase("#happy2", "happy")]
    [TestCase("#qxzvkw", "")]
    [TestCase("#sooooangry", "")]
    [TestCase("配送很慢", "配|送|很|慢")]
    [TestCase("手机iPhone坏了", "手|机|iphone|坏|了")]
    [TestCase("とても遅い", "と|て|も|遅|い")]
    [TestCase("ส่งช้ามาก", "ส่|ง|ช้|า|ม|า|ก")]
    [TestCase("#配送", "配|送")]
    [TestCase("빠른 배송", "")]
    public void Hashtags_and_what_is_written_without_spaces_have_parts(string text, string expected)
    {
        var tokens = Read(text);
        var parts = tokens.Tokens.ToArray().Where(token => token.Kind == TokenKind.Part).ToList();
        Assert.That(string.Join('|', parts.Select(part => tokens.Folded(part).ToString())), Is.EqualTo(expected));
        Assert.That(parts.Select(part => text.Substring(part.Start, part.Length).ToLowerInvariant()), Is.EqualTo(parts.Select(part => tokens.Folded(part).ToString())));
    }

    [TestCase("👍🏽", 1)]
    [TestCase("👩‍💻", 1)]
    [TestCase("😀😀😀", 3)]
    [TestCase("❤️ ok", 2)]
    public void A_pictograph_with_its_modifiers_is_one_token(string text, int expected) =>
        Assert.That(Read(text).Count, Is.EqualTo(expected));

    [Test]
    public void Shouting_and_stretching_are_noticed()
    {
        var tokens = Read("NEVER waaaaait").Tokens.ToArray();
        Assert.That(tokens[0].Shouted, Is.True);
        Assert.That(tokens[0].Elongated, Is.False);
        Assert.That(tokens[1].Elongated, Is.True);
    }

    [Test]
    public void Tokens_point_into_the_text()
    {
        const string text = "  Hello, @ann  -- #Wow… 👍 12:30 ";
        Assert.That(Read(text).Tokens.ToArray().Select(token => text.Substring(token.Start, token.Length)),
            Is.EqualTo(new[] { "Hello", ",", "@ann", "--", "#Wow", "…", "👍", "12:30" }));
    }

    [Test]
    public void What_lies_beyond_the_limit_is_not_read()
    {
        var tokens = Read(new string('a', Tokenizer.MaximumLength - 1) + " unseen");
        Assert.That(tokens.Count, Is.EqualTo(1));
    }

    private static TokenizedText Read(string text)
    {
        var into = new TokenizedText();
        Tokenizer.Read(text, into);
        return into;
    }

    private static List<string> Fold(string text)
    {
        var read = Read(text);
        return [.. read.Tokens.ToArray().Select(token => read.Folded(token).ToString())];
    }
}
