namespace Crowd4Care.Server.Demo;

/// <summary>Where the demo keeps its data: a folder of its own, so that it never mixes with a real brand's.</summary>
internal static class DemoData
{
    /// <summary>The settings, with the demo's folder unless one was given.</summary>
    public static Dictionary<string, string?> Settings(IReadOnlyDictionary<string, string?> given)
    {
        var settings = new Dictionary<string, string?>(given);
        settings.TryAdd($"{Storage.StorageOptions.Section}:{nameof(Storage.StorageOptions.DataDirectory)}", Path.GetFullPath("demo-data"));
        return settings;
    }
}
