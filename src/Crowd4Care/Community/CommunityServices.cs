using Crowd4Care.Bus;
using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;
using MassTransit;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Community;

/// <summary>Registration of the module.</summary>
public static class CommunityServices
{
    /// <summary>Adds brands, people, keys, points and what is learned of skills.</summary>
    public static IServiceCollection AddCommunity(this IServiceCollection services, IConfiguration configuration, ProcessRoles roles)
    {
        services.AddOptions<CommunityOptions>()
            .Bind(configuration.GetSection(CommunityOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddScoped<IdentityErrorDescriber, AccountErrors>();
        services.AddIdentityCore<Person>(options =>
        {
            options.Password.RequiredLength = 10;
            // Length beats character classes (NIST SP 800-63B, section 5.1.1.2).
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
            options.Password.RequiredUniqueChars = 4;
            options.Lockout.MaxFailedAccessAttempts = 5;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
            options.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789._-@+";
        });
        if (roles.HasFlag(ProcessRoles.Route))
            services.AddHostedService<AwardPoints>().AddHostedService<LearnSkills>();
        return services
            .AddSingleton<PeopleStore>()
            .AddSingleton<IUserStore<Person>>(provider => provider.GetRequiredService<PeopleStore>())
            .AddSingleton<AvailabilityStore>()
            .AddSingleton<BrandStore>()
            .AddSingleton<AccessStore>()
            .AddSingleton<Invitations>()
            .AddSingleton<Suspensions>()
            .AddSingleton<PointsLedger>()
            .AddSingleton<SkillStore>()
            .AddSingleton<OutcomeLineStore>()
            .AddSingleton<SkillLedger>()
            .AddSingleton(new WorkQueues("set-ignorers-away"));
    }

    /// <summary>Adds the module's consumer.</summary>
    public static void AddCommunity(this IBusRegistrationConfigurator bus, ProcessRoles roles)
    {
        if (roles.HasFlag(ProcessRoles.Route))
            bus.AddConsumer<SetIgnorersAway>();
    }
}
