namespace Crowd4Care.Routing.Matching;

/// <summary>What came of looking at one advocate; the best come first.</summary>
internal readonly record struct Judgement(Candidate Candidate, Hindrance Hindrance, double Total) : IComparable<Judgement>
{
    public bool MayChange => Hindrance is Hindrance.Away or Hindrance.QuietHours or Hindrance.DailyLimit or Hindrance.Full;

    // The best first.
    public int CompareTo(Judgement other)
    {
        var order = other.Total.CompareTo(Total);
        return order != 0 ? order : CompareIdle(Candidate, other.Candidate);
    }

    /// <summary>Whether this one comes before another advocate with an equal sum.</summary>
    public bool ComesBefore(Candidate other) => CompareIdle(Candidate, other) < 0;

    // Who has been idle longest, then the lower id.
    private static int CompareIdle(Candidate one, Candidate other)
    {
        var order = one.OffersNow.CompareTo(other.OffersNow);
        if (order == 0)
            order = Nullable.Compare(one.LastOfferAt, other.LastOfferAt);
        return order != 0 ? order : one.Id.CompareTo(other.Id);
    }
}

/// <summary>The best judgements so far, the best first.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class BestFew(int most)
{
    private readonly List<Judgement> best = [];

    public IReadOnlyList<Judgement> Judgements => best;

    public bool IsFull => best.Count >= most;

    /// <summary>The one that the next has to beat once all places are taken.</summary>
    public Judgement Last => best[^1];

    public void Add(Judgement judgement)
    {
        if (IsFull && (most == 0 || judgement.CompareTo(Last) >= 0))
            return;

        var at = best.BinarySearch(judgement);
        best.Insert(at < 0 ? ~at : at, judgement);
        if (best.Count > most)
            best.RemoveAt(most);
    }
}
