using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Crowd4Care.Contracts;
using Crowd4Care.Ingestion;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Ingestion;

public sealed class MentionFileTests
{
    private const string Header = "id,network,author,text";

    private readonly FakeClock clock = new();

    [Test]
    public async Task Json_lines_are_read()
    {
        var lines = await ReadAsync(Line("1", "one") + "\n" + Line("2", "two") + "\n");
        Assert.That(Texts(lines), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(lines.Select(l => l.Number), Is.EqualTo(new long[] { 1, 2 }));
    }

    [Test]
    public async Task The_last_line_needs_no_end() =>
        Assert.That(Texts(await ReadAsync(Line("1", "one") + "\n" + Line("2", "two"))), Is.EqualTo(new[] { "one", "two" }));

    [Test]
    public async Task Lines_may_end_as_on_windows() =>
        Assert.That(Texts(await ReadAsync(Line("1", "one") + "\r\n" + Line("2", "two") + "\r\n")), Is.EqualTo(new[] { "one", "two" }));

    [Test]
    public async Task A_byte_order_mark_is_passed_over() =>
        Assert.That(Texts(await ReadAsync("\uFEFF" + Line("1", "one") + "\n" + Line("2", "two"))), Is.EqualTo(new[] { "one", "two" }));

    [Test]
    public async Task Blank_lines_count_and_say_nothing()
    {
        var lines = await ReadAsync("\n\n" + Line("1", "one") + "\n  \n" + Line("2", "two"));
        Assert.That(lines.Select(l => l.Number), Is.EqualTo(new long[] { 3, 5 }));
    }

    [TestCase("")]
    [TestCase("\n")]
    [TestCase("\uFEFF")]
    [TestCase("   \r\n \n")]
    public async Task An_empty_file_has_no_mentions(string content) => Assert.That(await ReadAsync(content), Is.Empty);

    [Test]
    public async Task A_file_of_no_bytes_has_no_mentions() => Assert.That(await ReadAsync([]), Is.Empty);

    [Test]
    public async Task A_gzipped_file_is_read()
    {
        var lines = await ReadAsync(Zip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => Line($"{i}", $"text {i}") + "\n")))));
        Assert.That(Texts(lines), Is.EqualTo(Enumerable.Range(0, 5000).Select(i => $"text {i}")));
    }

    [Test]
    public async Task A_gzipped_csv_file_is_read() =>
        Assert.That(Texts(await ReadAsync(Zip(Encoding.UTF8.GetBytes(Header + "\n1,x,anna,one\n")))), Is.EqualTo(new[] { "one" }));

    [Test]
    public void A_gzipped_file_that_is_cut_off_is_refused()
    {
        var whole = Zip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => Line($"{i}", $"text {i * 7919}") + "\n"))));
        Assert.That(async () => await ReadAsync(whole[..(whole.Length / 2)]), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void A_broken_gzipped_file_is_refused() =>
        Assert.That(async () => await ReadAsync([0x1F, 0x8B, 8, 0, .. Enumerable.Repeat((byte)0xAA, 300)]), Throws.InstanceOf<InvalidDataException>());

    [TestCase("{\"id\":\"2\",")]
    [TestCase("rubbish")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("{\"id\":\"2\"} {\"id\":\"3\"}")]
    [TestCase("{\"\\ud800\":1}")]
    public async Task A_broken_line_is_a_mistake_with_its_number_and_loses_nothing_else(string broken)
    {
        var lines = await ReadAsync(Line("1", "one") + "\n" + broken + "\n" + Line("3", "three") + "\n");
        Assert.That(Texts(lines), Is.EqualTo(new[] { "one", "three" }));
        Assert.That(lines.Where(l => l.Reading.Post is null).Select(l => l.Number), Is.EqualTo(new long[] { 2 }));
    }

    [Test]
    public async Task A_line_that_is_nested_too_deep_is_a_mistake()
    {
        var lines = await ReadAsync(Line("1", "one") + "\n" + new string('[', 100_000) + "\n" + Line("3", "three"));
        Assert.That(Texts(lines), Is.EqualTo(new[] { "one", "three" }));
    }

    [Test]
    public async Task A_line_without_end_is_passed_over_and_not_held_in_memory()
    {
        const int size = 64 * 1024 * 1024;
        await using var stream = new EndlessLine(Line("1", "one") + "\n", size, "\n" + Line("3", "three") + "\n");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var lines = await ReadAsync(stream);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.That(Texts(lines), Is.EqualTo(new[] { "one", "three" }));
        Assert.That(lines.Single(l => l.Reading.Post is null), Has.Property("Number").EqualTo(2));
        Assert.That(allocated, Is.LessThan(size / 2));
    }

    [Test]
    public async Task A_line_without_end_may_be_the_last()
    {
        await using var stream = new EndlessLine(Line("1", "one") + "\n", 5 * 1024 * 1024, "");
        var lines = await ReadAsync(stream);
        Assert.That(lines.Select(l => (l.Number, l.Reading.Post is null)), Is.EqualTo(new[] { (1L, false), (2L, true) }));
    }

    [Test]
    public async Task A_text_of_a_million_characters_is_refused_with_its_length()
    {
        var lines = await ReadAsync(Line("1", new string('x', 1_000_000)) + "\n" + Line("2", "two"));
        Assert.That(lines[0].Reading.Mistakes, Has.Exactly(1).Contains("1000000"));
        Assert.That(Texts(lines), Is.EqualTo(new[] { "two" }));
    }

    [Test]
    public async Task A_text_of_the_greatest_length_is_taken_however_it_is_escaped()
    {
        var escaped = string.Concat(Enumerable.Repeat("\\u00fc", 100_000));
        var lines = await ReadAsync($$"""{"id":"1","network":"x","author":"anna","text":"{{escaped}}"}""");
        Assert.That(Texts(lines), Is.EqualTo(new[] { new string('ü', 100_000) }));
    }

    [Test]
    public async Task Invalid_utf8_is_a_mistake_that_names_the_byte()
    {
        var lines = await ReadAsync([.. "{\"id\":\""u8, 0xC3, 0x28, .. "\"}\n"u8, .. Encoding.UTF8.GetBytes(Line("2", "two"))]);
        Assert.That(lines[0].Reading.Mistakes, Has.Exactly(1).Contains("byte 8"));
        Assert.That(Texts(lines), Is.EqualTo(new[] { "two" }));
    }

    [Test]
    public async Task Control_characters_become_spaces()
    {
        var lines = await ReadAsync(Line("1", "a\0b\u0007c\u001bd\u0085e\nf\tg"));
        Assert.That(Texts(lines), Is.EqualTo(new[] { "a b c d e\nf\tg" }));
    }

    [Test]
    public async Task A_raw_control_character_is_a_mistake_and_loses_nothing_else()
    {
        var lines = await ReadAsync("{\"id\":\"1\",\"text\":\"a\u0001b\"}\n" + Line("2", "two"));
        Assert.That(lines[0].Reading.Post, Is.Null);
        Assert.That(Texts(lines), Is.EqualTo(new[] { "two" }));
    }

    [Test]
    public async Task Ten_thousand_emoji_come_through()
    {
        var text = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 10_000 / 4)) + string.Concat(Enumerable.Repeat("😀", 10_000));
        Assert.That(Texts(await ReadAsync(Line("1", text))), Is.EqualTo(new[] { text }));
    }

    [TestCase("text")]
    [TestCase("author")]
    [TestCase("id")]
    [TestCase("created_at")]
    [TestCase("network")]
    public async Task Half_of_a_surrogate_pair_is_a_mistake_and_loses_nothing_else(string property)
    {
        var half = property == "author" ? "{\"author\":\"\\ud83d\"}" : $$"""{"author":"anna","{{property}}":"\ud83d"}""";
        var lines = await ReadAsync(half + "\n" + Line("2", "two"));
        Assert.That(lines[0].Reading.Mistakes, Has.Some.StartWith(property).And.Some.Contains("surrogate"));
        Assert.That(Texts(lines), Is.EqualTo(new[] { "two" }));
    }

    [TestCase(",")]
    [TestCase(";")]
    [TestCase("\t")]
    public async Task Csv_is_read_with_any_of_three_separators(string separator)
    {
        var lines = await ReadAsync($"{Header}\n1,x,anna,one\n2,x,ben,two\n".Replace(",", separator, StringComparison.Ordinal));
        Assert.That(Texts(lines), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(lines.Select(l => l.Number), Is.EqualTo(new long[] { 2, 3 }));
    }

    [Test]
    public async Task Commas_in_texts_do_not_hide_the_separator()
    {
        var lines = await ReadAsync("id;network;author;text\n1;x;anna;well, well, well, well, yes, no\n2;x;ben;oh, dear, oh, dear, me\n");
        Assert.That(Texts(lines), Is.EqualTo(new[] { "well, well, well, well, yes, no", "oh, dear, oh, dear, me" }));
    }

    [Test]
    public async Task Quoted_fields_hold_separators_quotes_and_line_ends()
    {
        var lines = await ReadAsync($"{Header}\n1,x,anna,\"one, \"\"two\"\"\nthree\"\n2,x,ben,four\n");
        Assert.That(Texts(lines), Is.EqualTo(new[] { "one, \"two\"\nthree", "four" }));
        Assert.That(lines.Select(l => l.Number), Is.EqualTo(new long[] { 3, 4 }), "the line on which the record ends");
    }

    [Test]
    public async Task Csv_may_begin_with_a_byte_order_mark_and_end_lines_as_on_windows() =>
        Assert.That(Texts(await ReadAsync($"\uFEFF{Header}\r\n1,x,anna,one\r\n2,x,ben,two")), Is.EqualTo(new[] { "one", "two" }));

    [Test]
    public async Task Columns_may_stand_in_any_order_and_case()
    {
        var lines = await ReadAsync("Text, AUTHOR ,ignored,Network,ID\nhello,anna,?,x,77\n");
        Assert.That(lines[0].Reading.Post, Has.Property("ExternalId").EqualTo("77").And.Property("Text").EqualTo("hello"));
    }

    [Test]
    public async Task Every_column_is_read()
    {
        var lines = await ReadAsync(
            "id,network,author,author_id,author_name,followers,verified,bot,text,created_at,in_reply_to,root_id,brand,url,language\n" +
            "1,x,@anna,77,Anna,12,True,false,hello,2026-01-31T12:34:56+01:00,p,r,acme,https://x.example/1,de\n");
        var post = lines[0].Reading.Post!;
        Assert.That(post.Author, Is.EqualTo(new PostAuthor("77", "anna", "Anna", 12, IsVerified: true, IsBot: false)));
        Assert.That((post.InReplyTo, post.RootId, post.BrandHandle, post.Url), Is.EqualTo(("p", "r", "acme", "https://x.example/1")));
        Assert.That(post.CreatedAt, Is.EqualTo(new DateTimeOffset(2026, 1, 31, 11, 34, 56, TimeSpan.Zero)));
        Assert.That((post.Languages, post.Relation), Is.EqualTo((new[] { "de" }, PostRelation.Reply)));
    }

    [Test]
    public async Task A_row_with_mistakes_names_each_and_loses_nothing_else()
    {
        var lines = await ReadAsync("id,network,author,text,created_at,followers,verified,bot\n,X!,anna,one,yesterday,many,maybe,1\n2,x,ben,two,,,,\n");
        Assert.That(lines[0].Reading.Mistakes, Has.Count.EqualTo(6));
        Assert.That(lines[0].Reading.Mistakes, Has.Some.StartWith("id:").And.Some.StartWith("network:").And.Some.StartWith("created_at:").And.Some.StartWith("followers:").And.Some.StartWith("verified:").And.Some.StartWith("bot:"));
        Assert.That(Texts(lines), Is.EqualTo(new[] { "two" }));
    }

    [Test]
    public async Task A_row_that_is_too_short_is_a_mistake()
    {
        var lines = await ReadAsync($"{Header}\n1,x\n2,x,ben,two\n");
        Assert.That(lines[0].Reading.Post, Is.Null);
        Assert.That(Texts(lines), Is.EqualTo(new[] { "two" }));
    }

    [Test]
    public void Csv_without_a_needed_column_is_refused_and_says_which()
    {
        var refusal = Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync("id,network,text\n1,x,hello\n"))!;
        Assert.That(refusal.Message, Does.Contain("author"));
    }

    [Test]
    public async Task Invalid_utf8_in_csv_is_a_mistake_and_loses_nothing_else()
    {
        var lines = await ReadAsync([.. Encoding.UTF8.GetBytes(Header + "\n1,x,anna,o"), 0xC3, 0x28, .. "\n2,x,ben,two\n"u8]);
        Assert.That(lines[0].Reading.Mistakes, Has.Exactly(1).Contains("UTF-8"));
        Assert.That(Texts(lines), Is.EqualTo(new[] { "two" }));
    }

    [Test]
    public async Task A_csv_field_that_is_too_long_is_a_mistake_and_loses_nothing_else()
    {
        var lines = await ReadAsync($"{Header}\n1,x,anna,{new string('x', 5_000_000)}\n2,x,ben,two\n", atMost: 10);
        Assert.That(lines.Select(l => (l.Number, l.Reading.Post is null)), Is.EqualTo(new[] { (2L, true), (3L, false) }));
    }

    [TestCase(2 * 1024 * 1024 + 1, "")]
    [TestCase(5_000_000, "")]
    [TestCase(5_000_000, "\n")]
    public async Task A_csv_field_that_is_too_long_may_be_the_last(int length, string end)
    {
        var lines = await ReadAsync($"{Header}\n1,x,anna,one\n2,x,ben,{new string('x', length)}{end}", atMost: 10);
        Assert.That(lines.Select(l => (l.Number, l.Reading.Post is null)), Is.EqualTo(new[] { (2L, false), (3L, true) }));
    }

    [Test]
    public void A_file_of_one_endless_line_is_refused() =>
        Assert.That(async () => await ReadAsync("a,b" + new string('x', 5_000_000)), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public async Task Blank_lines_of_csv_say_nothing()
    {
        var lines = await ReadAsync($"{Header}\n\n1,x,anna,one\n\r\n\n2,x,ben,two\n\n");
        Assert.That(lines.Select(l => (l.Number, l.Reading.Post?.Text)), Is.EqualTo(new[] { (3L, "one"), (6L, "two") }));
    }

    [Test]
    public async Task A_text_of_csv_may_be_of_the_greatest_length()
    {
        var text = new string('x', 100_000);
        Assert.That(Texts(await ReadAsync($"{Header}\n1,x,anna,{text}\n")), Is.EqualTo(new[] { text }));
    }

    [Test]
    public async Task Random_bytes_never_throw_anything_but_a_refusal()
    {
        var random = new Random(7);
        for (var i = 0; i < 1_000; i++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            if (i % 2 == 0)
                bytes = [.. Encoding.UTF8.GetBytes(i % 4 == 0 ? Line("1", "one") + "\n" : Header + "\n"), .. bytes];
            try
            {
                Assert.That((await ReadAsync(bytes)).All(l => l.Reading.Post is not null || l.Reading.Mistakes.Count > 0), "each line is read or refused");
            }
            catch (InvalidDataException)
            {
                // That is how a file as a whole is refused.
            }
        }
    }

    private static string Line(string id, string text) => JsonSerializer.Serialize(new { id, network = "x", author = "anna", text });

    private static string[] Texts(IEnumerable<FileLine> lines) => [.. lines.Select(l => l.Reading.Post?.Text).OfType<string>()];

    private Task<List<FileLine>> ReadAsync(string content, int atMost = int.MaxValue) => ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), atMost);

    private Task<List<FileLine>> ReadAsync(byte[] content) => ReadAsync(new MemoryStream(content));

    private async Task<List<FileLine>> ReadAsync(Stream stream, int atMost = int.MaxValue)
    {
        var lines = new List<FileLine>();
        await foreach (var line in new MentionFile(clock).ReadAsync(stream))
        {
            lines.Add(line);
            if (lines.Count == atMost)
                break;
        }

        return lines;
    }

    private static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
            gzip.Write(content);
        return zipped.ToArray();
    }

    /// <summary>A beginning, then a line of so many bytes that is not held in memory, then an end.</summary>
    private sealed class EndlessLine(string beginning, int size, string end) : Stream
    {
        private static readonly byte[] Filling = [.. Enumerable.Repeat((byte)'x', 64 * 1024)];

        private readonly byte[] first = Encoding.UTF8.GetBytes(beginning);
        private readonly byte[] last = Encoding.UTF8.GetBytes(end);
        private long at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => first.Length + size + last.Length;

        public override long Position
        {
            get => at;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var part = at < first.Length ? first.AsSpan((int)at)
                : at < first.Length + size ? Filling.AsSpan(0, (int)Math.Min(Filling.Length, first.Length + size - at))
                : last.AsSpan((int)(at - first.Length - size));
            var take = Math.Min(count, part.Length);
            part[..take].CopyTo(buffer.AsSpan(offset));
            at += take;
            return take;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
