using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using MassTransit;

namespace Crowd4Care.Server.Desk.Live;

/// <summary>Passes on to the open desks, wherever they are, what changed. A follow-up changes the pages of all mentions of its conversation.</summary>
internal sealed class ShowChanges(DeskHub hub, ConversationQueries conversations) : IConsumer<MentionsChanged>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<MentionsChanged> context)
    {
        if (!hub.IsHeard)
            return;

        var together = await conversations.TogetherAsync(context.Message.MentionIds, context.CancellationToken);
        await hub.TellAsync(context.Message with { MentionIds = together });
    }
}
