using System.Globalization;
using Crowd4Care.Community;
using Crowd4Care.Mentions;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Search;
using Crowd4Care.Server.Desk.Shared;
using Microsoft.AspNetCore.Components;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Admin;

/// <summary>The journal, searched by kind, person, mention and time.</summary>
public sealed partial class JournalPage
{
    private readonly IReadOnlyList<(string Value, string Text)> kinds = [.. JournalQueries.Kinds.Select(k => (k, JournalWords.Kind(k)))];

    private readonly List<string> mistakes = [];
    private JournalFound found = new([], null);
    private IReadOnlyDictionary<Guid, Person> people = new Dictionary<Guid, Person>();

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Context { get; set; }

    /// <summary>One of <see cref="JournalKinds"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    /// <summary>The login name of who did it.</summary>
    [SupplyParameterFromQuery(Name = "person")]
    public string? Who { get; set; }

    /// <summary>The number of a mention, or the address of its page.</summary>
    [SupplyParameterFromQuery]
    public string? Mention { get; set; }

    /// <summary>The first day.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>The last day.</summary>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    /// <summary>Where the page begins.</summary>
    [SupplyParameterFromQuery]
    public string? Before { get; set; }

    [Inject]
    private JournalQueries Queries { get; set; } = default!;

    [Inject]
    private PeopleStore Store { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        (Kind, Who, Mention, From, To) = (SearchAddress.Clean(Kind), SearchAddress.Clean(Who), SearchAddress.Clean(Mention), SearchAddress.Clean(From), SearchAddress.Clean(To));
        Before = long.TryParse(Before, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var before) ? Before : null;
        var brand = Context.Person().BrandId;
        var actor = Who is null ? null : await Store.FindByNameAsync(Who.TrimStart('@'), Context.RequestAborted);
        if (Who is not null && actor?.BrandId != brand)
            mistakes.Add(Phrase($"Nobody here signs in as “{Who}”."));
        var mention = Mention is null ? null : Numbers.First(Mention);
        if (Mention is not null && mention is null)
            mistakes.Add(Say("Paste the address of the mention's page."));
        var filter = new JournalFilter(Kind, actor?.Id, mention, Day(From), Day(To)?.AddDays(1));
        if (mistakes.Count > 0)
            return;

        found = await Queries.FindAsync(brand, filter, Before is null ? null : before, cancellationToken: Context.RequestAborted);
        var named = JournalWords.People(found.Entries).Concat(found.Entries.Select(e => e.ActorId).OfType<Guid>()).Distinct().ToList();
        people = (await Store.FindAsync(brand, named, Context.RequestAborted)).ToDictionary(p => p.Id);
    }

    private DateTimeOffset? Day(string? text)
    {
        if (text is null)
            return null;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) && day.Year is > 1970 and < 9000)
            return day;

        mistakes.Add(Phrase($"“{text}” is not a day; one such as 2026-01-31 is expected."));
        return null;
    }

    private string Page(long? before) => Address(Kind, Who, Mention, From, To, before);

    private static string Address(string? kind = null, string? who = null, string? mention = null, string? from = null, string? to = null, long? before = null)
    {
        var query = QueryString.Empty;
        foreach (var (name, value) in new[] { ("kind", kind), ("person", who), ("mention", mention), ("from", from), ("to", to), ("before", before?.ToString(CultureInfo.InvariantCulture)) })
        {
            if (value is not null)
                query = query.Add(name, value);
        }

        return "/admin/journal" + query;
    }
}
