using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Crowd4Care.Contracts;

namespace Crowd4Care.Ingestion;

/// <summary>What somebody gave as a post, before it is checked: the rules are the same for every way in.</summary>
internal sealed partial record PostDraft
{
    /// <summary>Longest text that is taken, in UTF-16 code units; no network allows a tenth of it.</summary>
    public const int LongestText = 100_000;

    /// <summary>Longest identifier, handle, name or address.</summary>
    public const int LongestWord = 2_000;

    public string? Id { get; init; }

    public string? Network { get; init; }

    public string? AuthorId { get; init; }

    public string? Handle { get; init; }

    public string? Name { get; init; }

    public int? Followers { get; init; }

    public bool? IsVerified { get; init; }

    /// <inheritdoc cref="PostAuthor.IsBot"/>
    public bool? IsBot { get; init; }

    public string? Text { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? InReplyTo { get; init; }

    public string? RootId { get; init; }

    public string? ContentId { get; init; }

    public string? Brand { get; init; }

    public string? Url { get; init; }

    public string? Language { get; init; }

    public bool IsRepost { get; init; }

    public static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    public static string TimeMistake(string place, string text) =>
        $"{place}: \"{Shorten(text)}\" is not a time; write it like 2026-01-31T12:34:56Z";

    public PostReading Check(List<string> mistakes)
    {
        Required(mistakes, "id", Id);
        Required(mistakes, "network", Network);
        Required(mistakes, "author.handle", Handle?.TrimStart('@'));
        if (Network is not null && !NetworkName().IsMatch(Network))
            mistakes.Add($"network: \"{Shorten(Network)}\" is not a network's name; lower-case letters, digits and - are expected, such as bluesky or x");
        if (Text is null)
            Required(mistakes, "text", Text);
        else if (Text.Length > LongestText)
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"text: has {Text.Length} characters; at most {LongestText} are taken"));

        Bounded(mistakes, "id", Id);
        Bounded(mistakes, "author.id", AuthorId);
        Bounded(mistakes, "author.handle", Handle);
        Bounded(mistakes, "author.name", Name);
        Bounded(mistakes, "in_reply_to", InReplyTo);
        Bounded(mistakes, "root_id", RootId);
        Bounded(mistakes, "content_id", ContentId);
        Bounded(mistakes, "brand", Brand);
        Bounded(mistakes, "url", Url);
        Bounded(mistakes, "language", Language);
        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            mistakes.Add($"url: \"{Shorten(Url)}\" is not an address that starts with http:// or https://");
        if (mistakes.Count > 0)
            return new PostReading(null, mistakes);

        var handle = Clean(Handle!).TrimStart('@');
        return new PostReading(new NetworkPost
        {
            Network = Network!,
            ExternalId = Clean(Id!),
            ContentId = Clean(ContentId),
            Url = Url,
            Author = new PostAuthor(Clean(AuthorId) ?? handle, handle, Clean(Name), Followers, IsVerified, IsBot),
            Text = Clean(Text!),
            CreatedAt = CreatedAt,
            Languages = Language is null ? [] : [Clean(Language)],
            InReplyTo = Clean(InReplyTo),
            RootId = Clean(RootId),
            BrandHandle = Clean(Brand),
            Relation = InReplyTo is null ? PostRelation.Mention : PostRelation.Reply,
            // The old form of a retweet, still found in exports.
            IsRepost = IsRepost || Text!.StartsWith("RT @", StringComparison.Ordinal),
        }, []);
    }

    /// <summary>Replaces control characters, which no network shows and databases may refuse, and mends broken surrogates.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAnyInRange('\0', '\u001F') && !text.AsSpan().ContainsAnyInRange('\u007F', '\u009F')
            && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(Rune.IsControl(rune) && rune.Value is not ('\n' or '\t') ? " " : rune.ToString());

        return clean.ToString();
    }

    private static void Required(List<string> mistakes, string place, string? value)
    {
        // A value of the wrong kind, or one that should have held this one, was reported already.
        var reported = mistakes.Exists(m => m.StartsWith(place + ":", StringComparison.Ordinal) || m.StartsWith(place.Split('.')[0] + ":", StringComparison.Ordinal));
        if (string.IsNullOrWhiteSpace(value) && !reported)
            mistakes.Add(value is null ? $"{place}: is missing" : $"{place}: is empty");
    }

    private static void Bounded(List<string> mistakes, string place, string? value)
    {
        if (value?.Length > LongestWord)
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{place}: has {value.Length} characters; at most {LongestWord} are taken"));
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex NetworkName();
}
