using System.ComponentModel.DataAnnotations;

namespace Crowd4Care.Community;

/// <summary>How people are treated.</summary>
public sealed class CommunityOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Community";

    /// <summary>How many offers in a row somebody may let run out before they are set away; 0 for any number.</summary>
    [Range(0, 100)]
    public int IgnoredOffers { get; set; } = 3;
}
