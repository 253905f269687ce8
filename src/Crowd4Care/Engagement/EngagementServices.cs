using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement.Approvals;
using Crowd4Care.Engagement.Questions;
using Crowd4Care.Engagement.Writing;
using Crowd4Care.Networks;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Engagement;

/// <summary>Registration of the module.</summary>
public static class EngagementServices
{
    /// <summary>Adds the feed, claims and replies.</summary>
    public static IServiceCollection AddEngagement(this IServiceCollection services, IConfiguration configuration, ProcessRoles roles)
    {
        services.AddOptions<EngagementOptions>()
            .Bind(configuration.GetSection(EngagementOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        if (roles.HasFlag(ProcessRoles.Route))
            services.AddHostedService<SweepClaims>();
        if (roles.HasFlag(ProcessRoles.Reply))
            services.AddHostedService<SweepReplies>().AddHostedService<WatchReplies>();
        return services
            .AddSingleton<BrandTerms>()
            .AddSingleton<ClaimDesk>()
            .AddSingleton<ReplyStore>()
            .AddSingleton<DraftStore>()
            .AddSingleton<ReplyChannels>()
            .AddSingleton<ReplyTraffic>()
            .AddSingleton<ReplyDesk>()
            .AddSingleton<ApprovalQueries>()
            .AddSingleton<ApprovalDesk>()
            .AddSingleton<QuestionDesk>()
            .AddSingleton<QuestionQueries>()
            .AddSingleton<TemplateStore>()
            .AddSingleton<KnowledgeStore>()
            .AddSingleton<SimilarAnswers>()
            .AddSingleton<WritingDesk>()
            .AddSingleton<FeedQueries>()
            .AddSingleton<SearchQueries>()
            .AddSingleton<ConversationQueries>()
            .AddSingleton<BacklogQueries>()
            .AddSingleton<NoticeQueries>()
            .AddSingleton(provider => new WorkQueues([.. provider.GetRequiredService<NetworkCatalog>().Names.Select(ReplyQueues.Of)]));
    }

    /// <summary>Adds the module's consumer.</summary>
    public static void AddEngagement(this IBusRegistrationConfigurator bus, ProcessRoles roles)
    {
        if (roles.HasFlag(ProcessRoles.Reply))
            bus.AddConsumer<SendReply>();
    }

    /// <summary>Adds a queue for the replies to each network.</summary>
    public static void AddEngagement(this IBusFactoryConfigurator transport, IBusRegistrationContext context, ProcessRoles roles)
    {
        if (roles.HasFlag(ProcessRoles.Reply))
            ReplyQueues.Configure(context, transport);
    }
}
