using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Networks;
using Crowd4Care.Routing;
using Crowd4Care.Storage;

namespace Crowd4Care.Server.Demo;

/// <summary>Puts the demo's people and its channel there at the first start.</summary>
internal sealed class DemoSetUp(DemoContent content, PeopleStore people, ChannelStore channels, RuleSetStore rules, Database database, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await channels.ListAsync(BrandStore.DefaultId, cancellationToken)).Count > 0)
            return;

        await database.WriteAsync(transaction => transaction.ExecuteAsync(
            "UPDATE brands SET name = @name WHERE id = @id", new { name = DemoContent.BrandName, id = BrandStore.DefaultId }), cancellationToken);
        foreach (var person in content.People)
        {
            await people.AddAsync(
                new Person
                {
                    BrandId = BrandStore.DefaultId, Login = person.Login, Name = person.Name, Role = Enum.Parse<Role>(person.Role, ignoreCase: true), Trust = person.Trust,
                    Capacity = person.Capacity, Bio = person.Bio,
                },
                [.. person.Skills.Select(s => new PersonSkill(s.Key, s.Value))], null, cancellationToken);
        }

        var (_, mistakes) = await rules.PublishAsync(BrandStore.DefaultId, content.Rules, null, cancellationToken);
        if (mistakes.Count > 0)
            throw new InvalidDataException($"The demo's rule set: {mistakes[0]}");

        await channels.SaveAsync(
            new ChannelConnection
            {
                Id = Ids.New(clock), BrandId = BrandStore.DefaultId, Network = DemoNetwork.NetworkName,
                Settings = $$"""{"handle":"{{DemoContent.BrandHandle}}"}""",
            },
            "Sample mentions", enabled: true, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
