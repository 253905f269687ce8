using System.ComponentModel.DataAnnotations;

namespace Crowd4Care.State;

/// <summary>Where the processes of an installation keep what they share.</summary>
public sealed class StateOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "State";

    /// <summary>
    /// One Redis, in the form of StackExchange.Redis (<c>host:port</c>, with <c>,password=…</c> where it has one). Empty: everything is
    /// kept in this process, which is then the only one.
    /// </summary>
    public string Redis { get; set; } = "";

    /// <summary>What all keys begin with, so that a Redis can serve others too.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Prefix { get; set; } = "crowd4care:";

    /// <summary>Longest time that a step waits for Redis before it goes on without.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:10")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long Redis is left alone after it failed to answer; meanwhile no step waits for it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:05:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(2);
}
