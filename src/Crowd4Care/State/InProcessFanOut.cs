namespace Crowd4Care.State;

/// <summary>For a single process.</summary>
internal sealed class InProcessFanOut : IFanOut
{
    private Action<string>? heard;

    /// <inheritdoc/>
    public bool ReachesOthers => false;

    /// <inheritdoc/>
    public Task SendAsync(string message)
    {
        heard?.Invoke(message);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Listen(Action<string> heard, Action missed) => this.heard = heard;
}
