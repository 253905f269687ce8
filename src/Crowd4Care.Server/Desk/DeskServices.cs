using System.Security.Cryptography;
using Crowd4Care.Server.Desk.Account;
using Crowd4Care.Server.Desk.Actions;
using Crowd4Care.Server.Desk.Admin.RulesEditor;
using Crowd4Care.Server.Desk.Live;
using Crowd4Care.Server.Desk.Shared;
using Crowd4Care.State;
using MassTransit;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crowd4Care.Server.Desk;

/// <summary>The desk: pages rendered on the server, live by server-sent events.</summary>
internal static class DeskServices
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "crowd4care-form";
            options.HeaderName = "X-Form-Token";
        });
        services.TryAddSingleton(new DemoMode(false));
        services.AddSingleton<IExceptionHandler, DeskErrors>();
        return services.AddSingleton<DeskHub>().AddSingleton<Flash>().AddSingleton<Drafts>().AddSingleton<BulkWork>().AddSingleton<RuleHintSource>().AddSingleton<RuleDesk>();
    }

    /// <summary>What the desk hears on the bus.</summary>
    public static void AddConsumers(IBusRegistrationConfigurator bus, IConfiguration configuration) =>
        bus.AddConsumer<ShowChanges>().Endpoint(endpoint =>
        {
            endpoint.Temporary = true;
            // With Redis one process hears of a change and tells the others; without, each has a queue of its own. Not named for the process
            // id: in containers it is the same everywhere.
            if (string.IsNullOrEmpty(configuration[$"{StateOptions.Section}:{nameof(StateOptions.Redis)}"]))
                endpoint.InstanceId = $"-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        });

    public static void MapDesk(this WebApplication app)
    {
        app.Use(PageHeaders.AddAsync);
        app.Use(MissingPages.ShowAsync);
        app.MapRazorComponents<App>();
        app.MapAccount();
        app.MapMentionActions();
        app.MapWritingActions();
        app.MapApprovalActions();
        app.MapQuestionActions();
        app.MapBulkActions();
        app.MapDuplicateActions();
        app.MapInvitationActions();
        app.MapModelActions();
        app.MapHeadActions();
        app.MapSkillActions();
        app.MapDeskActions();
        app.MapFragments();
        app.MapLive();
        app.MapNotices();
        app.MapFallback("/{**path:nonfile}", (HttpContext context) => context.Request.Path.StartsWithSegments("/api")
                ? Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is nothing at this path")
                : new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound })
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head])).AllowAnonymous();
    }
}
