namespace Crowd4Care.Language;

/// <summary>The files that are part of the program.</summary>
internal static class Resources
{
    /// <exception cref="InvalidOperationException">This build lacks it.</exception>
    public static Stream Open(string name) => typeof(Resources).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The resource {name} is missing from this build.");
}
