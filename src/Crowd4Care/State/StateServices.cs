using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.State;

/// <summary>Registration of the module.</summary>
public static class StateServices
{
    /// <summary>Adds the state that the processes of an installation share; today there is one process.</summary>
    public static IServiceCollection AddState(this IServiceCollection services) => services.AddSingleton<Presence>();
}
