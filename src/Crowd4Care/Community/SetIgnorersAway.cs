using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using MassTransit;

namespace Crowd4Care.Community;

/// <summary>Sets those away who let offer after offer run out, so that mentions don't wait for them, and tells their desks.</summary>
public sealed class SetIgnorersAway(AvailabilityStore availability, WakeUps wakeUps) : IConsumer<OffersIgnored>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<OffersIgnored> context)
    {
        var away = await availability.SetIgnorersAwayAsync(context.Message.PersonIds, context.CancellationToken);
        if (away.Count > 0)
            await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [], PersonIds = away });
    }
}
