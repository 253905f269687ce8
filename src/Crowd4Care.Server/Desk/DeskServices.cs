using MassTransit;

namespace Crowd4Care.Server.Desk;

/// <summary>The desk: pages rendered on the server, live by server-sent events.</summary>
internal static class DeskServices
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery();
        return services;
    }

    /// <summary>What the desk hears on the bus.</summary>
    public static void AddConsumers(IBusRegistrationConfigurator bus)
    {
    }

    public static void MapDesk(this WebApplication app)
    {
    }
}
