using System.Collections.Concurrent;
using Crowd4Care.Contracts;
using Crowd4Care.State;

namespace Crowd4Care.Server.Desk.Live;

/// <summary>The desks that are open in this process, and who sits at them.</summary>
internal sealed class DeskHub(Presence presence, TimeProvider clock)
{
    // Going from one page to the next closes the stream and opens it again.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<DeskStream, byte> streams = new();

    /// <summary>Whether no desk is open.</summary>
    public bool IsEmpty => streams.IsEmpty;

    /// <summary>Opens a stream for a person, who is present from now on.</summary>
    public DeskStream Open(Guid personId)
    {
        var stream = new DeskStream(personId, clock);
        streams.TryAdd(stream, 0);
        presence.Seen(personId);
        return stream;
    }

    /// <summary>Closes a stream; with the last one of a person, they have left.</summary>
    public void Close(DeskStream stream)
    {
        streams.TryRemove(stream, out _);
        _ = LeaveAsync(stream.PersonId);
    }

    /// <summary>Tells the open desks what changed.</summary>
    public void Tell(MentionsChanged message)
    {
        foreach (var (stream, _) in streams)
            stream.Tell(message.MentionIds, message.PersonIds.Contains(stream.PersonId));
    }

    private async Task LeaveAsync(Guid personId)
    {
        await Task.Delay(Grace, clock, CancellationToken.None);
        if (!streams.Keys.Any(s => s.PersonId == personId))
            presence.Left(personId);
    }
}
