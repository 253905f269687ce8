using Crowd4Care.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Community;

/// <summary>Registration of the module.</summary>
public static class CommunityServices
{
    /// <summary>Adds brands, people, keys and points.</summary>
    public static IServiceCollection AddCommunity(this IServiceCollection services, ProcessRoles roles)
    {
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
            services.AddHostedService<AwardPoints>();
        return services
            .AddSingleton<PeopleStore>()
            .AddSingleton<IUserStore<Person>>(provider => provider.GetRequiredService<PeopleStore>())
            .AddSingleton<BrandStore>()
            .AddSingleton<AccessStore>()
            .AddSingleton<PointsLedger>();
    }
}
