using Crowd4Care.Contracts;
using Crowd4Care.Engagement.Writing;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Shared;
using Crowd4Care.Storage;
using Microsoft.AspNetCore.Components;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Staff;

/// <summary>The brand's templates, kept by staff, and the pages that answer often, kept by admins.</summary>
public sealed partial class TemplatesPage
{
    private static readonly char[] Between = [' ', ',', ';', '\t'];

    private IReadOnlyList<Template> templates = [];
    private IReadOnlyList<KnowledgeLink> links = [];
    private IReadOnlyList<string> mistakes = [];
    private Template draft = new() { Name = "", Text = "" };
    private KnowledgeLink linkDraft = new() { Title = "", Url = "" };
    private Guid? opened;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    private TemplateStore Store { get; set; } = default!;

    [Inject]
    private KnowledgeStore Links { get; set; } = default!;

    [Inject]
    private Flash Flash { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string Brand => Context.Person().BrandId;

    private bool IsAdmin => Context.Person().Role == Role.Admin;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        templates = await Store.ListAsync(Brand, Context.RequestAborted);
        links = await Links.ListAsync(Brand, Context.RequestAborted);
    }

    private async Task SaveAsync()
    {
        var form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        var known = Guid.TryParse(form["id"], out var id) ? templates.FirstOrDefault(t => t.Id == id) : null;
        if (known is not null && form["do"] == "remove")
        {
            await Store.DeleteAsync(Brand, known.Id, Context.RequestAborted);
            Leave(Phrase($"“{known.Name}” is removed."));
            return;
        }

        var given = new Template
        {
            Id = known?.Id ?? Ids.New(Clock),
            Name = form["name"].ToString().Trim(),
            Text = form["text"].ToString().Trim().Replace("\r\n", "\n", StringComparison.Ordinal),
            Languages = Listed(form["languages"].ToString()),
            Topics = Listed(form["topics"].ToString()),
        };
        mistakes = await Store.SaveAsync(Brand, given, Context.Person().Id, Context.RequestAborted);
        if (mistakes.Count == 0)
            Leave(Phrase($"“{given.Name}” is saved."));
        else if (known is null)
            draft = given with { Id = Guid.Empty };
        else
            Reopen(given);
    }

    private void Reopen(Template given)
    {
        opened = given.Id;
        templates = [.. templates.Select(t => t.Id == given.Id ? given : t)];
    }

    private async Task AddLinkAsync()
    {
        if (!IsAdmin)
            return;

        var form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        linkDraft = new KnowledgeLink { Title = form["title"].ToString().Trim(), Url = form["url"].ToString().Trim(), Topics = Listed(form["topics"].ToString()) };
        mistakes = await Links.SaveAsync(Brand, linkDraft, Context.Person().Id, Context.RequestAborted);
        if (mistakes.Count == 0)
            Leave(Phrase($"“{linkDraft.Title}” is on the list."));
    }

    private async Task DropLinkAsync()
    {
        var form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        if (IsAdmin && Guid.TryParse(form["id"], out var id) && await Links.DeleteAsync(Brand, id, Context.RequestAborted))
            Leave(Say("The page is off the list."));
    }

    private void Leave(string message)
    {
        Flash.Set(Context, true, message);
        Navigation.NavigateTo("/templates");
    }

    private static IReadOnlyList<string> Listed(string text) =>
        [.. text.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(w => w.ToLowerInvariant()).Distinct()];
}
