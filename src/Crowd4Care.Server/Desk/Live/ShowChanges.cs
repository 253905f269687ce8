using Crowd4Care.Contracts;
using MassTransit;

namespace Crowd4Care.Server.Desk.Live;

/// <summary>Passes on to the open desks what changed.</summary>
internal sealed class ShowChanges(DeskHub hub) : IConsumer<MentionsChanged>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<MentionsChanged> context)
    {
        hub.Tell(context.Message);
        return Task.CompletedTask;
    }
}
