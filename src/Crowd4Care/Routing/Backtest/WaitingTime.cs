namespace Crowd4Care.Routing.Backtest;

/// <summary>
/// How long an offer waits in the busiest hour of the day, by the Erlang C formula. It assumes that mentions come independently of each other;
/// that every advocate who qualifies is there, idle at first and busy with nothing else; that each works on as many mentions at once as their
/// capacity says, every one of them taking the average answer time; and that nobody declines. So it is a lower bound: real crowds sleep. What
/// it is good for is the comparison of two rule sets.
/// </summary>
/// <param name="PerHour">Offers in the busiest hour of the day, on the average of the days with mentions; only those that somebody qualifies for.</param>
/// <param name="Capacity">How many mentions those who qualify can have at once, on the average of the offers.</param>
/// <param name="Utilisation">The share of the capacity that is needed; over 1 the line grows without end.</param>
/// <param name="Minutes">The average wait for a free advocate, in minutes; null when the line grows without end.</param>
public sealed record WaitingTime(double PerHour, double Capacity, double Utilisation, double? Minutes)
{
    /// <summary>The answer time that is assumed while too few answers were measured, in minutes.</summary>
    public const double AssumedAnswerMinutes = 10;

    /// <summary>Estimates it.</summary>
    /// <param name="perHour">Offers an hour.</param>
    /// <param name="capacity">Mentions at once.</param>
    /// <param name="answerMinutes">How long one takes.</param>
    public static WaitingTime Estimate(double perHour, double capacity, double answerMinutes)
    {
        var work = perHour * answerMinutes / 60;
        var places = (int)Math.Floor(capacity);
        var utilisation = work > 0 ? work / Math.Max(places, 1) : 0;
        double? minutes = work <= 0 ? 0 : work < places ? Waits(places, work) * answerMinutes / (places - work) : null;
        return new WaitingTime(Math.Round(perHour, 3), Math.Round(capacity, 2), Math.Round(utilisation, 4), minutes is { } wait ? Math.Round(wait, 3) : null);
    }

    // The probability that all places are taken: Erlang C by way of the recursion of Erlang B, which never overflows.
    private static double Waits(int places, double work)
    {
        var lost = 1.0;
        for (var place = 1; place <= places && lost > 0; place++)
            lost = work * lost / (place + work * lost);
        return lost / (1 - work / places * (1 - lost));
    }
}
