namespace Crowd4Care.Routing.Matching;

/// <summary>
/// Who has a skill, and how well: a list while few have it, and when many do, a bit and a level for every place of the index, so that sets of
/// thousands are cut 64 at a time. Changes in place.
/// </summary>
internal sealed class SkillPosting
{
    /// <summary>The level of who does not have the skill, where levels lie side by side.</summary>
    public const float None = -1;

    // A bit and four bytes for everybody are worth it from about that share on; below it looking at each is faster.
    private const int Scarce = 32;

    private Dictionary<int, float>? few = [];
    private ulong[] bits = [];
    private float[] levels = [];

    /// <summary>How many have it.</summary>
    public int Count { get; private set; }

    /// <summary>No level of anybody is lower. What left does not raise it.</summary>
    public float Lowest { get; private set; } = 1;

    /// <summary>Whether those who have it are few enough to look at each of them.</summary>
    public bool IsScarce => few is not null;

    /// <summary>Who has it and how well, where <see cref="IsScarce"/>.</summary>
    public Dictionary<int, float> Few => few!;

    /// <summary>A bit for each who has it, unless <see cref="IsScarce"/>.</summary>
    public ReadOnlySpan<ulong> Bits => bits;

    /// <summary>The level of each, unless <see cref="IsScarce"/>.</summary>
    public ReadOnlySpan<float> Levels => levels;

    /// <summary>Sets the level of the advocate in a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="level">The proficiency, 0 to 1.</param>
    /// <param name="places">How many places the index has, a multiple of 64.</param>
    public void Set(int place, float level, int places)
    {
        Lowest = Math.Min(Lowest, level);
        if (few is not null)
        {
            few[place] = level;
            Count = few.Count;
            if (Count * Scarce > places)
                Spread(places);
            return;
        }

        if (place >= levels.Length)
            Grow(places);
        if (levels[place] == None)
            Count++;
        levels[place] = level;
        bits[place >> 6] |= 1UL << place;
    }

    /// <summary>Takes the skill from the advocate in a place.</summary>
    public void Remove(int place)
    {
        if (few is not null)
        {
            few.Remove(place);
            Count = few.Count;
        }
        else if (place < levels.Length && levels[place] != None)
        {
            Count--;
            levels[place] = None;
            bits[place >> 6] &= ~(1UL << place);
            if (Count * Scarce * 2 < levels.Length)
                Gather();
        }
    }

    /// <summary>Makes room for as many places, where everybody has one.</summary>
    public void Grow(int places)
    {
        if (few is not null || places <= levels.Length)
            return;
        var from = levels.Length;
        Array.Resize(ref levels, places);
        Array.Resize(ref bits, places >> 6);
        levels.AsSpan(from).Fill(None);
    }

    private void Spread(int places)
    {
        var all = few!;
        few = null;
        Grow(places);
        foreach (var (place, level) in all)
        {
            levels[place] = level;
            bits[place >> 6] |= 1UL << place;
        }
    }

    // Half as many as make it spread, so that it does not go back and forth.
    private void Gather()
    {
        few = new Dictionary<int, float>(Count);
        for (var place = 0; place < levels.Length; place++)
        {
            if (levels[place] != None)
                few[place] = levels[place];
        }

        (bits, levels) = ([], []);
    }
}
