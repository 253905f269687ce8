using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crowd4Care.Routing.Matching;

/// <summary>The weighted sums of many advocates at once, from levels that lie side by side; previous contact is not part of them.</summary>
/// <param name="policy">What counts how much.</param>
/// <param name="topics">Everybody's level in the topic, -1 for none; empty where it counts for nobody.</param>
/// <param name="languages">The same of the language.</param>
/// <param name="free">Everybody's free share of capacity.</param>
internal readonly ref struct MatchVectors(MatchPolicy policy, ReadOnlySpan<float> topics, ReadOnlySpan<float> languages, ReadOnlySpan<float> free)
{
    private readonly ReadOnlySpan<float> topics = topics;
    private readonly ReadOnlySpan<float> languages = languages;
    private readonly ReadOnlySpan<float> free = free;
    private readonly float topic = (float)policy.Topic;
    private readonly float undeclared = (float)policy.UndeclaredTopic;
    private readonly float language = (float)policy.Language;
    private readonly float room = (float)policy.Free;

    /// <summary>A bit for each of 64 levels that is as high.</summary>
    public static ulong AtLeast(ReadOnlySpan<float> levels, float least)
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(levels);
        var (bits, border) = (0UL, Vector256.Create(least));
        for (var i = 0; i < vectors.Length; i++)
            bits |= (ulong)Vector256.GreaterThanOrEqual(vectors[i], border).ExtractMostSignificantBits() << (i * Vector256<float>.Count);
        return bits;
    }

    /// <summary>A bit for each of the 64 advocates from a place on whose sum is as high.</summary>
    public ulong AtLeast(int from, float least)
    {
        var (bits, border) = (0UL, Vector256.Create(least));
        for (var i = 0; i < 64; i += Vector256<float>.Count)
        {
            var sum = Vector256.Create(room) * Vector256.Create(free.Slice(from + i, Vector256<float>.Count));
            sum += Vector256.Create(topic) * Levels(topics, from + i, undeclared);
            sum += Vector256.Create(language) * Levels(languages, from + i, 0);
            bits |= (ulong)Vector256.GreaterThanOrEqual(sum, border).ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    /// <summary>The sum of one advocate.</summary>
    public double Of(int place) => Of(place, Level(topics, place, policy.UndeclaredTopic));

    /// <summary>The sum of one advocate whose level in the topic lies elsewhere.</summary>
    public double Of(int place, double level) => Of(place, level, Level(languages, place, 0));

    /// <summary>The sum of one advocate whose level in the language lies elsewhere.</summary>
    public double Speaking(int place, double level) => Of(place, Level(topics, place, policy.UndeclaredTopic), level);

    /// <summary>The sum of one advocate whose levels lie elsewhere.</summary>
    public double Of(int place, double topicLevel, double languageLevel) => (policy.Topic * topicLevel) + (policy.Language * languageLevel) + (policy.Free * free[place]);

    /// <summary>The level in a topic of who says nothing of it.</summary>
    public float Undeclared => undeclared;

    private static double Level(ReadOnlySpan<float> levels, int place, double otherwise) => levels.IsEmpty || levels[place] < 0 ? otherwise : levels[place];

    private static Vector256<float> Levels(ReadOnlySpan<float> levels, int from, float otherwise)
    {
        if (levels.IsEmpty)
            return Vector256.Create(otherwise);
        var read = Vector256.Create(levels.Slice(from, Vector256<float>.Count));
        return Vector256.ConditionalSelect(Vector256.LessThan(read, Vector256<float>.Zero), Vector256.Create(otherwise), read);
    }
}
