using System.Collections.Concurrent;
using System.Text.Json;
using Crowd4Care.Contracts;
using Crowd4Care.State;

namespace Crowd4Care.Server.Desk.Live;

/// <summary>The desks that are open in this process, and who sits at them. What changed it hears from all processes.</summary>
internal sealed class DeskHub
{
    // Going from one page to the next closes the stream and opens it again; what changes between is told afterwards.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly IPresence presence;
    private readonly IFanOut fanOut;
    private readonly TimeProvider clock;
    private readonly Onlookers onlookers;
    private readonly ConcurrentDictionary<DeskStream, byte> streams = new();
    private readonly ConcurrentQueue<(DateTimeOffset At, MentionsChanged Change)> recent = new();
    private long expectedUntil;

    public DeskHub(IPresence presence, IFanOut fanOut, TimeProvider clock)
    {
        (this.presence, this.fanOut, this.clock, onlookers) = (presence, fanOut, clock, new Onlookers(clock));
        fanOut.Listen(message => Hear(JsonSerializer.Deserialize<Message>(message)!), RefreshAll);
    }

    /// <summary>Whether a desk may be open, here or in another process.</summary>
    public bool IsHeard => !streams.IsEmpty || IsExpected || fanOut.ReachesOthers;

    private bool IsExpected => clock.GetUtcNow().UtcTicks < Interlocked.Read(ref expectedUntil);

    /// <summary>Notes that a page is being made whose stream opens in a moment.</summary>
    public void Expect() => Interlocked.Exchange(ref expectedUntil, (clock.GetUtcNow() + Grace).UtcTicks);

    /// <summary>Opens a stream for a person, who is present from now on. It is told what changed since its page was made, too.</summary>
    public async Task<DeskStream> OpenAsync(Guid personId)
    {
        var stream = new DeskStream(personId, clock);
        streams.TryAdd(stream, 0);
        foreach (var (_, change) in recent.Where(r => r.At > clock.GetUtcNow() - Grace))
            Tell(stream, change);
        await presence.SeenAsync(personId);
        return stream;
    }

    /// <summary>Closes a stream; with the last one of a person, they have left.</summary>
    public void Close(DeskStream stream)
    {
        streams.TryRemove(stream, out _);
        _ = LeaveAsync(stream.PersonId);
    }

    /// <summary>Tells the open desks of all processes what changed.</summary>
    public Task TellAsync(MentionsChanged message) => SendAsync(new Message { MentionIds = message.MentionIds, PersonIds = message.PersonIds });

    /// <summary>Tells all processes what somebody does with a mention, and those desks that have it before them too.</summary>
    public Task LookAsync(Look look) => SendAsync(new Message { MentionIds = [], Look = look });

    /// <summary>Who has a mention before them, as far as this process heard.</summary>
    public IReadOnlyList<Onlooker> LookingAt(Guid mentionId) => onlookers.Of(mentionId);

    private Task SendAsync(Message message) => fanOut.SendAsync(JsonSerializer.Serialize(message));

    private void Hear(Message message)
    {
        if (message.Look is { } look)
            TellCompany(look);
        else
            TellHere(new MentionsChanged { MentionIds = message.MentionIds, PersonIds = message.PersonIds });
    }

    private void TellCompany(Look look)
    {
        if (!onlookers.Note(look))
            return;

        var company = onlookers.Of(look.MentionId).Select(p => p.PersonId).Where(p => p != look.PersonId).ToHashSet();
        foreach (var (stream, _) in streams.Where(s => company.Contains(s.Key.PersonId)))
            stream.TellCompany(look.MentionId);
    }

    private void TellHere(MentionsChanged message)
    {
        var now = clock.GetUtcNow();
        if (IsExpected)
            recent.Enqueue((now, message));
        while (recent.TryPeek(out var oldest) && oldest.At < now - Grace)
            recent.TryDequeue(out _);
        foreach (var (stream, _) in streams)
            Tell(stream, message);
    }

    private static void Tell(DeskStream stream, MentionsChanged message) =>
        stream.Tell(message.MentionIds, message.PersonIds.Contains(stream.PersonId));

    // Something may have been missed.
    private void RefreshAll()
    {
        foreach (var (stream, _) in streams)
            stream.TellAll();
    }

    private async Task LeaveAsync(Guid personId)
    {
        await Task.Delay(Grace, clock, CancellationToken.None);
        if (!streams.Keys.Any(s => s.PersonId == personId))
            await presence.LeftAsync(personId);
    }

    // Another version of the program, that knows nothing of looking, reads it as a change of nothing.
    private sealed record Message
    {
        public required IReadOnlyList<Guid> MentionIds { get; init; }

        public IReadOnlyList<Guid> PersonIds { get; init; } = [];

        public Look? Look { get; init; }
    }
}
