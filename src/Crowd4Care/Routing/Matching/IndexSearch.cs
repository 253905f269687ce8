using System.Numerics;
using System.Numerics.Tensors;

namespace Crowd4Care.Routing.Matching;

/// <summary>Looks for the best-qualified advocates in an index: first who meets the hard conditions, then the weighted sum of those alone.</summary>
internal sealed class IndexSearch(AdvocateIndex index)
{
    // Levels lie in the index in single precision: what is as close as that is judged exactly.
    private const double Close = 2e-6;

    private readonly List<(SkillPosting Posting, double AtLeast)> required = [];
    private ulong[] qualified = [];
    private ulong[] roomy = [];
    private ulong[] rare = [];
    private BestFew top = new(0);
    private bool mayChange;

    public Ranking Rank(MatchQuestion question, int shown)
    {
        (top, mayChange) = (new BestFew(shown), false);
        if (Require(question))
            Cut(question, shown);
        return Matcher.Explain(question, top.Judgements, index.Count, mayChange);
    }

    // False where nobody at all has what is required.
    private bool Require(MatchQuestion question)
    {
        required.Clear();
        if (question.NeedsLanguage && !Require(question.Language, 0))
            return false;
        foreach (var skill in question.Offer.Skills ?? [])
        {
            if (!Require(question.NameOf(skill), skill.AtLeast))
                return false;
        }

        return true;
    }

    private bool Require(string skill, double atLeast)
    {
        if (index.PostingOf(skill) is not { } posting)
            return false;
        required.Add((posting, atLeast));
        return true;
    }

    private void Judge(MatchQuestion question, int place)
    {
        var judgement = Matcher.Judge(question, index.People[place]!);
        mayChange |= judgement.MayChange;
        if (judgement.Hindrance is Hindrance.None || judgement.MayChange)
            top.Add(judgement);
    }

    private void Cut(MatchQuestion question, int shown)
    {
        var trusted = index.Trusted(question.Offer.Trust);
        var bits = Room(ref qualified, trusted.Length);
        trusted.CopyTo(bits);
        foreach (var (posting, atLeast) in required)
            Keep(bits, posting, atLeast);
        foreach (var person in question.Mention.OfferedBefore.Keys)
            Clear(bits, index.PlaceOf(person));
        Clear(bits, index.PlaceOf(question.Mention.Row.AuthorHandle));

        var asked = question.Places > 1 ? AskedForSeveral(question, bits) : question.OfNextPlaces ? index.Full : index.Available;
        mayChange = AnyBut(bits, asked);
        if (mayChange && !question.OfNextPlaces)
            ShowSomeWhoCant(question, bits, asked, shown);
        TensorPrimitives.BitwiseAnd(bits, asked, bits);
        var sums = new MatchVectors(question.Policy, LevelsOf(question.Topic), LevelsOf(question.Language), index.Free);
        JudgeApart(question, sums, bits);
        Sweep(question, sums, bits);
    }

    // Who has several places free, or lacks one; who never has as many is not among those who qualify.
    private ReadOnlySpan<ulong> AskedForSeveral(MatchQuestion question, Span<ulong> bits)
    {
        Keep(bits, index.Capacities, question.Places);
        var asked = Room(ref roomy, bits.Length);
        TensorPrimitives.BitwiseAnd(bits, index.Available, asked);
        Keep(asked, index.FreePlaces, question.OfNextPlaces ? question.Places - 1 : question.Places);
        if (!question.OfNextPlaces)
            return asked;

        for (var word = 0; word < asked.Length; word++)
        {
            if (asked[word] != 0)
                asked[word] &= ~MatchVectors.AtLeast(index.FreePlaces.Slice(word << 6, 64), question.Places);
        }

        return asked;
    }

    private void Keep(Span<ulong> bits, SkillPosting posting, double atLeast)
    {
        // A level of zero is none, whatever is asked.
        var least = Math.Max((float)atLeast, float.Epsilon);
        if (posting.IsScarce)
        {
            KeepFew(bits, posting, least);
            return;
        }

        TensorPrimitives.BitwiseAnd(bits, posting.Bits, bits);
        if (least > posting.Lowest)
            Keep(bits, posting.Levels, least);
    }

    private void KeepFew(Span<ulong> bits, SkillPosting posting, float least)
    {
        var few = Room(ref rare, bits.Length);
        few.Clear();
        foreach (var (place, level) in posting.Few)
        {
            if (level >= least)
                few[place >> 6] |= 1UL << place;
        }

        TensorPrimitives.BitwiseAnd(bits, few, bits);
    }

    private static Span<ulong> Room(ref ulong[] room, int length)
    {
        if (room.Length < length)
            room = new ulong[length];
        return room.AsSpan(0, length);
    }

    private static void Keep(Span<ulong> bits, ReadOnlySpan<float> levels, float least)
    {
        for (var word = 0; word < bits.Length; word++)
        {
            if (bits[word] != 0)
                bits[word] &= MatchVectors.AtLeast(levels.Slice(word << 6, 64), least);
        }
    }

    private static void Clear(Span<ulong> bits, int place)
    {
        if (place >= 0)
            bits[place >> 6] &= ~(1UL << place);
    }

    private static bool AnyBut(ReadOnlySpan<ulong> bits, ReadOnlySpan<ulong> available)
    {
        for (var word = 0; word < bits.Length; word++)
        {
            if ((bits[word] & ~available[word]) != 0)
                return true;
        }

        return false;
    }

    // So that a decision can say for what it waits.
    private void ShowSomeWhoCant(MatchQuestion question, ReadOnlySpan<ulong> bits, ReadOnlySpan<ulong> asked, int most)
    {
        for (var word = 0; word < bits.Length && most > 0; word++)
        {
            for (var unavailable = bits[word] & ~asked[word]; unavailable != 0 && most > 0; unavailable &= unavailable - 1, most--)
                Judge(question, (word << 6) + BitOperations.TrailingZeroCount(unavailable));
        }
    }

    // Those of whom more is to say than what lies side by side for everybody: who knows the author, who has a skill that few have.
    private void JudgeApart(MatchQuestion question, in MatchVectors sums, Span<ulong> bits)
    {
        foreach (var person in question.Mention.AnsweredAuthorBefore.Keys)
            JudgeApart(question, bits, index.PlaceOf(person), double.MaxValue);
        foreach (var preferred in question.Offer.Prefer ?? [])
            JudgeApart(question, bits, index.PostingOf(preferred.Skill));
        var topic = index.PostingOf(question.Topic) is { IsScarce: true } few ? few : null;
        if (index.PostingOf(question.Language) is { IsScarce: true } language)
        {
            foreach (var (place, level) in language.Few)
                JudgeApart(question, bits, place, topic is null ? sums.Speaking(place, level) : sums.Of(place, topic.Few.GetValueOrDefault(place, sums.Undeclared), level));
        }

        if (topic is not null)
        {
            foreach (var (place, level) in topic.Few)
                JudgeApart(question, bits, place, sums.Of(place, level));
        }
    }

    private void JudgeApart(MatchQuestion question, Span<ulong> bits, SkillPosting? skilled)
    {
        if (skilled is null)
            return;

        if (skilled.IsScarce)
        {
            foreach (var place in skilled.Few.Keys)
                JudgeApart(question, bits, place, double.MaxValue);
            return;
        }

        for (var word = 0; word < bits.Length; word++)
        {
            for (var left = bits[word] & skilled.Bits[word]; left != 0; left &= left - 1)
                JudgeApart(question, bits, (word << 6) + BitOperations.TrailingZeroCount(left), double.MaxValue);
        }
    }

    private void JudgeApart(MatchQuestion question, Span<ulong> bits, int place, double sum)
    {
        if (place < 0 || (bits[place >> 6] & (1UL << place)) == 0)
            return;
        if (!IsBeaten(sum, index.People[place]!))
            Judge(question, place);
        Clear(bits, place);
    }

    private void Sweep(MatchQuestion question, in MatchVectors sums, ReadOnlySpan<ulong> bits)
    {
        var people = index.People;
        for (var word = 0; word < bits.Length; word++)
        {
            var left = bits[word];
            if (left != 0 && top.IsFull && top.Last.Hindrance == Hindrance.None)
                left &= sums.AtLeast(word << 6, (float)(top.Last.Total - Close));
            for (; left != 0; left &= left - 1)
            {
                var place = (word << 6) + BitOperations.TrailingZeroCount(left);
                var candidate = people[place]!;
                if (!IsBeaten(sums.Of(place), candidate) && Matcher.Judge(question, candidate) is { Hindrance: Hindrance.None } judgement)
                    top.Add(judgement);
            }
        }
    }

    private ReadOnlySpan<float> LevelsOf(string skill) => index.PostingOf(skill) is { IsScarce: false } posting ? posting.Levels : default;

    // Of thousands whose sums are equal only few are judged.
    private bool IsBeaten(double sum, Candidate candidate)
    {
        if (!top.IsFull || top.Last.Hindrance != Hindrance.None || sum > top.Last.Total + Close)
            return false;
        return sum < top.Last.Total - Close || (Math.Round(sum, 6) <= top.Last.Total && top.Last.ComesBefore(candidate));
    }
}
