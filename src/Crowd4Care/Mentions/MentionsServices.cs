using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Mentions;

/// <summary>Registration of the module.</summary>
public static class MentionsServices
{
    /// <summary>Adds the life cycle of mentions and the journal.</summary>
    public static IServiceCollection AddMentions(this IServiceCollection services) =>
        services.AddSingleton<Journal>().AddSingleton<MentionLifecycle>().AddSingleton<MentionStore>().AddSingleton<OfferStore>().AddSingleton<Workload>();
}
