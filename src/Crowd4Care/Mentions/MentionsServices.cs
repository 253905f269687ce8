using Crowd4Care.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Mentions;

/// <summary>Registration of the module.</summary>
public static class MentionsServices
{
    /// <summary>Adds the life cycle of mentions and the journal.</summary>
    public static IServiceCollection AddMentions(this IServiceCollection services, ProcessRoles roles)
    {
        if (roles.HasFlag(ProcessRoles.Route))
            services.AddHostedService<SweepOld>();
        return services
            .AddSingleton<Journal>()
            .AddSingleton<JournalQueries>()
            .AddSingleton<MentionLifecycle>()
            .AddSingleton<MentionStore>()
            .AddSingleton<OfferStore>()
            .AddSingleton<QuestionStore>()
            .AddSingleton<Workload>()
            .AddSingleton<Retention>();
    }
}
