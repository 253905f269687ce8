namespace Crowd4Care.Routing.Backtest;

/// <summary>Counts what each topic gives the crowd to do in each hour of the day. The times are those of writing: an import receives a year in a minute.</summary>
internal sealed class CrowdLoad
{
    private const string AllTopics = "*";

    private readonly Dictionary<string, TopicLoad> topics = new(StringComparer.Ordinal);
    private readonly HashSet<int> days = [];

    /// <summary>Notes the day of a mention, whatever becomes of it.</summary>
    public void Saw(RoutableMention mention) => days.Add(DateOnly.FromDateTime(mention.Row.CreatedAt.UtcDateTime).DayNumber);

    /// <summary>Counts an offer.</summary>
    /// <param name="capacity">How many mentions those who qualify can have at once.</param>
    public void Add(RoutableMention mention, long capacity, int before, int after)
    {
        var hour = mention.Row.CreatedAt.UtcDateTime.Hour;
        At(AllTopics).Add(hour, capacity, before, after);
        At(mention.Topic).Add(hour, capacity, before, after);
    }

    public void Merge(CrowdLoad other)
    {
        days.UnionWith(other.days);
        foreach (var (topic, load) in other.topics)
            At(topic).Merge(load);
    }

    public IReadOnlyDictionary<string, BacktestTopicWaiting> ToReport(double answerMinutes) =>
        topics.OrderBy(t => t.Key != AllTopics).ThenByDescending(t => t.Value.Offers).ThenBy(t => t.Key, StringComparer.Ordinal)
            .ToDictionary(t => t.Key, t => t.Value.ToReport(days.Count, answerMinutes));

    private TopicLoad At(string topic) => topics.TryGetValue(topic, out var load) ? load : topics[topic] = new TopicLoad();

    private sealed class TopicLoad
    {
        private readonly (int Before, int After)[] hours = new (int, int)[24];
        private (long Before, long After) capacity;

        public int Offers => hours.Sum(h => Math.Max(h.Before, h.After));

        public void Add(int hour, long of, int before, int after)
        {
            hours[hour] = (hours[hour].Before + before, hours[hour].After + after);
            capacity = (capacity.Before + of * before, capacity.After + of * after);
        }

        public void Merge(TopicLoad other)
        {
            for (var hour = 0; hour < hours.Length; hour++)
                hours[hour] = (hours[hour].Before + other.hours[hour].Before, hours[hour].After + other.hours[hour].After);
            capacity = (capacity.Before + other.capacity.Before, capacity.After + other.capacity.After);
        }

        public BacktestTopicWaiting ToReport(int days, double answerMinutes) => new(
            Estimate([.. hours.Select(h => h.Before)], capacity.Before, days, answerMinutes), Estimate([.. hours.Select(h => h.After)], capacity.After, days, answerMinutes));

        private static WaitingTime Estimate(int[] offers, long capacity, int days, double answerMinutes) =>
            WaitingTime.Estimate((double)offers.Max() / Math.Max(days, 1), (double)capacity / Math.Max(offers.Sum(), 1), answerMinutes);
    }
}
