using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Engagement;

/// <summary>Registration of the module.</summary>
public static class EngagementServices
{
    /// <summary>Adds the feed, claims and replies.</summary>
    public static IServiceCollection AddEngagement(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EngagementOptions>()
            .Bind(configuration.GetSection(EngagementOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<ClaimDesk>()
            .AddSingleton<ReplyStore>()
            .AddSingleton<ReplyChannels>()
            .AddSingleton<ReplyDesk>()
            .AddSingleton<FeedQueries>()
            .AddSingleton<ConversationQueries>()
            .AddHostedService<SweepClaims>()
            .AddHostedService<SweepReplies>()
            .AddHostedService<WatchReplies>();
    }
}
