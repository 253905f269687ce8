namespace Crowd4Care.Mentions;

/// <summary>Why somebody declines an offer, in one tap.</summary>
public enum PassReason
{
    /// <summary>They know little of it.</summary>
    NotMyTopic,

    /// <summary>They don't speak it well enough.</summary>
    NotMyLanguage,

    /// <summary>They have no time now.</summary>
    TooBusy,

    /// <summary>Staff should take it.</summary>
    NeedsStaff,

    /// <summary>Something else; their own words may say what.</summary>
    Other,
}

/// <summary>The reasons as they are stored and posted.</summary>
public static class PassReasons
{
    private static readonly Dictionary<string, PassReason> ByText = Enum.GetValues<PassReason>().ToDictionary(ToText);

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyCollection<string> Texts => ByText.Keys;

    /// <summary>The stored form, such as <c>not-my-topic</c>.</summary>
    public static string ToText(PassReason reason) => reason switch
    {
        PassReason.NotMyTopic => "not-my-topic",
        PassReason.NotMyLanguage => "not-my-language",
        PassReason.TooBusy => "too-busy",
        PassReason.NeedsStaff => "needs-staff",
        _ => "other",
    };

    /// <summary>Reads the stored form; null for anything else.</summary>
    public static PassReason? Read(string? text) => text is not null && ByText.TryGetValue(text, out var reason) ? reason : null;
}
