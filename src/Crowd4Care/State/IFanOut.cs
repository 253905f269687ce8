namespace Crowd4Care.State;

/// <summary>Carries short messages to every process that listens. One may be lost, but never unnoticed for long.</summary>
public interface IFanOut
{
    /// <summary>Whether other processes may listen.</summary>
    bool ReachesOthers { get; }

    /// <summary>Tells all listeners, this process's own at once.</summary>
    Task SendAsync(string message);

    /// <summary>Listens. At most one listener a process.</summary>
    /// <param name="heard">Called for each message; must be quick.</param>
    /// <param name="missed">Called when some may have been missed: after an interruption, and now and then during a long one.</param>
    void Listen(Action<string> heard, Action missed);
}
