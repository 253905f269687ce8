using Crowd4Care.Contracts;
using Crowd4Care.Engagement;

namespace Crowd4Care.Server.Desk.Search;

/// <summary>A search as it stands in an address.</summary>
internal sealed record SearchAddress
{
    private const int Longest = 200;

    public string? Text { get; init; }

    public string? Author { get; init; }

    public string? State { get; init; }

    public string? Topic { get; init; }

    public string? Network { get; init; }

    public string? Person { get; init; }

    public bool IsNarrowed => (Author ?? State ?? Topic ?? Network ?? Person) is not null;

    public bool IsEmpty => Text is null && !IsNarrowed;

    public SearchFilter Filter => new(
        Text, Author, Topic, Guid.TryParse(Person, out var person) ? person : null, Enum.TryParse<MentionStatus>(State, ignoreCase: true, out var status) ? status : null, Network);

    public string Address(Guid? before)
    {
        var query = QueryString.Empty;
        foreach (var (name, value) in new[] { ("q", Text), ("author", Author), ("state", State), ("topic", Topic), ("network", Network), ("person", Person), ("before", before?.ToString()) })
        {
            if (value is not null)
                query = query.Add(name, value);
        }

        return "/search" + query;
    }

    /// <summary>What somebody typed, or null for nothing.</summary>
    public static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is var clean && clean.Length > Longest ? clean[..Longest] : clean;
}
