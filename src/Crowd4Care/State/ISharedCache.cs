namespace Crowd4Care.State;

/// <summary>Answers that are dear to compute and may be a little old.</summary>
public interface ISharedCache
{
    /// <summary>The answer under a key, made when there is none or it is older than <paramref name="lasts"/>.</summary>
    Task<T> GetAsync<T>(string group, string key, TimeSpan lasts, Func<Task<T>> make);

    /// <summary>Forgets all answers of a group, also those that are just being made.</summary>
    Task DropAsync(string group);
}
