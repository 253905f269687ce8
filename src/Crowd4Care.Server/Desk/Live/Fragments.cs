using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Actions;
using Crowd4Care.Server.Desk.Admin;
using Crowd4Care.Server.Desk.Admin.RulesEditor;
using Crowd4Care.Server.Desk.Advocate;
using Crowd4Care.Server.Desk.Conversation;
using Crowd4Care.Server.Desk.Layout;
using Crowd4Care.Server.Desk.Notes;
using Crowd4Care.Server.Desk.Search;
using Crowd4Care.Server.Desk.Staff;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Desk.Live;

/// <summary>Parts of pages, rendered by the same components, for script to swap in.</summary>
internal static class Fragments
{
    public static void MapFragments(this WebApplication app)
    {
        var fragments = app.MapGroup("/desk/fragments");
        fragments.MapGet("/offers", () => Render<Offers>());
        fragments.MapGet("/claimed", () => Render<Claimed>());
        fragments.MapGet("/open", (string? language, string? topic, string? network, int? page) =>
            Render<OpenMentions>((nameof(OpenMentions.Language), language), (nameof(OpenMentions.Topic), topic),
                (nameof(OpenMentions.Network), network), (nameof(OpenMentions.Page), page ?? 1)));
        fragments.MapGet("/count/{kind}", (string kind) => Render<NavCount>((nameof(NavCount.Kind), kind)));
        fragments.MapGet("/away", (HttpContext context) => Render<AwaySwitch>((nameof(AwaySwitch.IsAway), context.Person().AwaySince is not null)));
        fragments.MapGet("/away-note", () => Render<AwayNote>());
        fragments.MapGet("/queue", (string? queue, Guid? selected) =>
            Render<QueueList>((nameof(QueueList.Of), queue), (nameof(QueueList.Selected), selected))).RequireAuthorization(AccessServices.Staff);

        fragments.MapGet("/named", () => Render<NamedList>());
        fragments.MapGet("/names", (string? q) => Render<NameOptions>((nameof(NameOptions.Typed), q)));
        fragments.MapGet("/search", (string? q) => Render<SearchOptions>((nameof(SearchOptions.Query), q)));
        fragments.MapGet("/questions", () => Render<QuestionList>()).RequireAuthorization(AccessServices.Staff);
        fragments.MapGet("/queue-tabs", (string? of) => Render<QueueTabs>((nameof(QueueTabs.Of), of))).RequireAuthorization(AccessServices.Staff);
        fragments.MapGet("/approvals", () => Render<ApprovalList>()).RequireAuthorization(AccessServices.Staff);

        fragments.MapPost("/rules", async (HttpContext context, RuleDesk rules) =>
            Render<RuleEditor>((nameof(RuleEditor.Draft), await rules.EditAsync(context.Person().BrandId, await context.Request.ReadFormAsync(context.RequestAborted), context.RequestAborted))))
            .RequireAuthorization(AccessServices.Admins).WithFormCheck();

        fragments.MapGet("/health", () => Render<HealthView>()).RequireAuthorization(AccessServices.Admins);
        fragments.MapGet("/channels/{id:guid}", (Guid id) => Render<ChannelStatus>((nameof(ChannelStatus.Id), id))).RequireAuthorization(AccessServices.Admins);
        fragments.MapGet("/live-model", () => Render<LiveModelNote>()).RequireAuthorization(AccessServices.Admins);
        fragments.MapGet("/models", () => Render<ModelsPanel>()).RequireAuthorization(AccessServices.Admins);
        fragments.MapGet("/labelling", () => Render<LabellingList>()).RequireAuthorization(AccessServices.Admins);

        var mention = fragments.MapGroup("/mentions/{id:guid}");
        mention.MapGet("/thread", (Guid id) => Render<ConversationThread>((nameof(ConversationThread.Id), id)));
        mention.MapGet("/company", (Guid id, Guid view) => Render<Company>((nameof(Company.Id), id), (nameof(Company.View), view)));
        mention.MapGet("/answer", (Guid id) => Render<AnswerBox>((nameof(AnswerBox.Id), id)));
        mention.MapGet("/insight", (Guid id) => Render<Insight>((nameof(Insight.Id), id)));
    }

    private static RazorComponentResult<T> Render<T>(params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : IComponent
    {
        var given = new Dictionary<string, object?>();
        foreach (var (name, value) in parameters)
            given[name] = value;
        return new RazorComponentResult<T>(given);
    }
}
