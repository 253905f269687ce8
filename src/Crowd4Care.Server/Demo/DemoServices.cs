using Crowd4Care.Networks;

namespace Crowd4Care.Server.Demo;

/// <summary>Registration of the demo; only with <c>--demo</c>.</summary>
internal static class DemoServices
{
    public static IServiceCollection AddDemo(this IServiceCollection services) => services
        .AddSingleton<DemoContent>()
        .AddSingleton<INetwork, DemoNetwork>()
        .AddHostedService<DemoSetUp>()
        .AddHostedService<DemoPeople>();
}
