using Crowd4Care.Server.Desk.Account;
using Crowd4Care.Server.Desk.Actions;
using Crowd4Care.Server.Desk.Live;
using Crowd4Care.Server.Desk.Shared;
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
        return services.AddSingleton<DeskHub>().AddSingleton<Flash>().AddSingleton<Drafts>();
    }

    /// <summary>What the desk hears on the bus.</summary>
    public static void AddConsumers(IBusRegistrationConfigurator bus, IConfiguration configuration) =>
        bus.AddConsumer<ShowChanges>().Endpoint(endpoint =>
        {
            endpoint.Temporary = true;
            // Every process that serves desks hears every change by itself, unless they tell one another.
            if (string.IsNullOrEmpty(configuration["State:Redis"]))
                endpoint.InstanceId = $"-{Storage.Ids.New(TimeProvider.System):N}";
        });

    public static void MapDesk(this WebApplication app)
    {
        app.Use(PageHeaders.AddAsync);
        app.Use(MissingPages.ShowAsync);
        app.MapRazorComponents<App>();
        app.MapAccount();
        app.MapMentionActions();
        app.MapDeskActions();
        app.MapFragments();
        app.MapLive();
        app.MapFallback("/{**path:nonfile}", (HttpContext context) => context.Request.Path.StartsWithSegments("/api")
                ? Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is nothing at this path")
                : new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound })
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head])).AllowAnonymous();
    }
}
