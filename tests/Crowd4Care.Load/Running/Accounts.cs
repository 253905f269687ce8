using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Load.Running;

/// <summary>Makes people who act by key.</summary>
internal static class Accounts
{
    /// <summary>Adds somebody and answers the key that acts for them.</summary>
    public static async Task<string> AddAsync(
        IServiceProvider services, Role role, string name, int capacity, IReadOnlyCollection<PersonSkill> skills, CancellationToken cancellationToken)
    {
        var person = new Person { BrandId = BrandStore.DefaultId, Login = name, Name = name, Role = role, Capacity = capacity, Trust = 2 };
        var added = await services.GetRequiredService<PeopleStore>().AddAsync(person, skills, null, cancellationToken)
            ?? throw new InvalidOperationException($"{name} is there already.");
        return await services.GetRequiredService<AccessStore>().AddKeyAsync(added.Id, name, cancellationToken);
    }
}
