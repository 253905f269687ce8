using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Bus;

/// <summary>Registration of the module.</summary>
public static class BusServices
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(6);

    /// <summary>Adds the bus over the configured transport. The consumers are the same on each.</summary>
    /// <param name="consumers">Registers the consumers that this process runs.</param>
    /// <param name="endpoints">Adds endpoints that don't follow from a consumer alone.</param>
    public static IServiceCollection AddBus(
        this IServiceCollection services, IConfiguration configuration, Action<IBusRegistrationConfigurator> consumers,
        Action<IBusRegistrationContext, IBusFactoryConfigurator> endpoints)
    {
        services.AddWakeUps(configuration);
        var options = configuration.GetSection(BusOptions.Section).Get<BusOptions>() ?? new BusOptions();
        services.Configure<MassTransitHostOptions>(host =>
        {
            // The host starts without the broker: what is stored meanwhile, the sweeps wake up.
            host.WaitUntilStarted = false;
            host.StopTimeout = TimeSpan.FromSeconds(20);
        });
        return services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(options.Prefix, includeNamespace: false));
            consumers(bus);
            bus.AddConfigureEndpointsCallback((context, name, endpoint) => endpoint.ConfigureAsOurs(context, name));
            if (options.IsShared)
                bus.UsingRabbitMq((context, transport) => ConfigureRabbitMq(context, transport, endpoints));
            else
                bus.UsingInMemory((context, transport) => ConfigureAny(context, transport, endpoints));
        });
    }

    /// <summary>Adds publishing and the failed messages; the caller brings the bus.</summary>
    public static IServiceCollection AddWakeUps(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BusOptions>().Bind(configuration.GetSection(BusOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<WakeUps>().AddSingleton<FailedMessages>();
    }

    private static void ConfigureRabbitMq(
        IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator transport, Action<IBusRegistrationContext, IBusFactoryConfigurator> endpoints)
    {
        var options = context.GetRequiredService<IOptions<BusOptions>>().Value;
        transport.Host(options.Url!, host =>
        {
            host.PublisherConfirmation = true;
            // A broker that is gone without a word is noticed after two of them.
            host.Heartbeat(Heartbeat);
        });
        if (options.Prefix.Length > 0)
            transport.MessageTopology.SetEntityNameFormatter(new PrefixEntityNameFormatter(transport.MessageTopology.EntityNameFormatter, $"{options.Prefix}-"));
        // Looking at failed messages delivers them, too; it must not use them up.
        transport.SendTopology.ConfigureErrorSettings = queue => queue.SetQueueArgument(Endpoints.DeliveryLimit, int.MaxValue);
        transport.SendTopology.ConfigureDeadLetterSettings = queue => queue.SetQueueArgument(Endpoints.DeliveryLimit, int.MaxValue);
        ConfigureAny(context, transport, endpoints);
    }

    private static void ConfigureAny<T>(
        IBusRegistrationContext context, IBusFactoryConfigurator<T> transport, Action<IBusRegistrationContext, IBusFactoryConfigurator> endpoints)
        where T : IReceiveEndpointConfigurator
    {
        // The log of this host, not of the one that was first in the process.
        LogContext.ConfigureCurrentLogContext(context.GetRequiredService<ILoggerFactory>());
        endpoints(context, transport);
        transport.ConfigureEndpoints(context);
    }
}
