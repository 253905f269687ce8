namespace Crowd4Care.Classification;

/// <summary>How mentions are scored.</summary>
public sealed class ClassificationOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Classification";

    /// <summary>
    /// Whether the shipped model reads sentences as well as words: it understands English better, at some hundreds of mentions a second and core. The same for
    /// all processes of an installation.
    /// </summary>
    public bool ReadSentences { get; set; }
}
