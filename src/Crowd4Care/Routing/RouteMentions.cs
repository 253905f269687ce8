using Crowd4Care.Contracts;
using MassTransit;

namespace Crowd4Care.Routing;

/// <summary>Routes newly scored mentions.</summary>
public sealed class RouteMentions(RoutingStep step) : IConsumer<Batch<MentionsClassified>>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<Batch<MentionsClassified>> context) =>
        step.RouteAsync(context.Message.SelectMany(m => m.Message.MentionIds), context.CancellationToken);
}

/// <summary>Offers open mentions again.</summary>
public sealed class OfferMentions(RoutingStep step) : IConsumer<Batch<MentionsToOffer>>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<Batch<MentionsToOffer>> context) =>
        step.RouteAsync(context.Message.SelectMany(m => m.Message.MentionIds), context.CancellationToken);
}
