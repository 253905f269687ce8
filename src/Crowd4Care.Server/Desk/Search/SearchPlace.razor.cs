using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Shared;
using Microsoft.AspNetCore.Components;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Search;

/// <summary>Finds mentions. What is asked stands in the address.</summary>
public sealed partial class SearchPlace
{
    private static IReadOnlyList<(string Value, string Text)> States =>
    [
        .. Enum.GetValues<MentionStatus>().Where(s => s != MentionStatus.Deleted).Select(s => (s.ToText(), Words.Capital(Words.Status(s)))),
    ];

    private SearchAddress asked = new();
    private SearchPage page = new([], null);
    private bool isStaff;
    private IReadOnlyList<(string Value, string Text)> topics = [];
    private IReadOnlyList<(string Value, string Text)> networks = [];
    private IReadOnlyList<(string Value, string Text)> people = [];

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Context { get; set; }

    /// <summary>Words.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    /// <summary>Beginning of an author's name.</summary>
    [SupplyParameterFromQuery]
    public string? Author { get; set; }

    /// <summary>A status.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    /// <summary>A topic.</summary>
    [SupplyParameterFromQuery]
    public string? Topic { get; set; }

    /// <summary>A network.</summary>
    [SupplyParameterFromQuery]
    public string? Network { get; set; }

    /// <summary>Who answered.</summary>
    [SupplyParameterFromQuery]
    public string? Person { get; set; }

    /// <summary>Where to go on.</summary>
    [SupplyParameterFromQuery]
    public string? Before { get; set; }

    [Inject]
    private SearchQueries Queries { get; set; } = default!;

    [Inject]
    private FeedQueries Feed { get; set; } = default!;

    [Inject]
    private PeopleStore People { get; set; } = default!;

    private string Found => page.Items.Count switch
    {
        1 => Say("1 mention"),
        var count when page.Next is null => Phrase($"{count} mentions"),
        var count => Phrase($"{count} mentions, the newest first; there are more"),
    };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var me = Context.Person();
        isStaff = me.IsStaff();
        asked = new SearchAddress
        {
            Text = SearchAddress.Clean(Query), Author = SearchAddress.Clean(Author)?.TrimStart('@'), State = SearchAddress.Clean(State), Topic = SearchAddress.Clean(Topic),
            Network = SearchAddress.Clean(Network), Person = isStaff ? SearchAddress.Clean(Person) : null,
        };
        var facets = await Feed.OpenFacetsAsync(me.BrandId, Context.RequestAborted);
        topics = [.. Values(facets, "topic").Select(t => (t, Words.Capital(Words.Plain(t))))];
        networks = [.. Values(facets, "network").Select(n => (n, Words.Network(n)))];
        if (isStaff)
            people = [.. (await People.ListAsync(me.BrandId, Context.RequestAborted)).Select(p => (p.Id.ToString(), p.Name))];
        if (asked.IsEmpty)
            return;

        var before = Guid.TryParse(Before, out var id) ? id : (Guid?)null;
        page = await Queries.FindAsync(new SearchRequest(me.BrandId, asked.Filter, isStaff ? null : me.Id, before), Context.RequestAborted);
    }

    private static IEnumerable<string> Values(IEnumerable<OpenFacet> facets, string kind) =>
        facets.Where(f => f.Kind == kind && f.Value.Length > 0).Select(f => f.Value).Order(StringComparer.Ordinal);
}
