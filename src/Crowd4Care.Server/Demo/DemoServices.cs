using Crowd4Care.Networks;
using Crowd4Care.Server.Desk;

namespace Crowd4Care.Server.Demo;

/// <summary>Registration of the demo; only with <c>--demo</c>.</summary>
internal static class DemoServices
{
    public static IServiceCollection AddDemo(this IServiceCollection services) => services
        .AddSingleton(new DemoMode(true))
        .AddSingleton<DemoContent>()
        .AddSingleton<INetwork, DemoNetwork>()
        .AddHostedService<DemoSetUp>()
        .AddHostedService<DemoPeople>();
}
