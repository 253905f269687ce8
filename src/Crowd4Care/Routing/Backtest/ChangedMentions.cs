namespace Crowd4Care.Routing.Backtest;

/// <summary>Counts mentions that go another way, and keeps the newest of each way.</summary>
internal sealed class ChangedMentions
{
    private const int Examples = 10;
    private const int TextLength = 140;

    private readonly Dictionary<(string From, string To), Way> ways = [];

    public int Count => ways.Values.Sum(w => w.Count);

    public void Add(RoutableMention mention, in Outcome before, in Outcome after) =>
        At(before.Action.Target, after.Action.Target).Add(new(mention.Row.Id, mention.Row.Text, before.Rule, after.Rule));

    public void Merge(ChangedMentions other)
    {
        foreach (var ((from, to), way) in other.ways)
            At(from, to).Merge(way);
    }

    public IReadOnlyList<BacktestChange> ToReport() =>
    [
        .. ways.OrderByDescending(w => w.Value.Count).ThenBy(w => w.Key.From, StringComparer.Ordinal).ThenBy(w => w.Key.To, StringComparer.Ordinal)
            .Select(w => new BacktestChange(w.Key.From, w.Key.To, w.Value.Count, [.. w.Value.Newest.Select(e => e with { Text = Start(e.Text) })])),
    ];

    private Way At(string from, string to) => ways.TryGetValue((from, to), out var way) ? way : ways[(from, to)] = new Way();

    // Not between the two halves of a character.
    private static string Start(string text) =>
        text.Length <= TextLength ? text : char.IsHighSurrogate(text[TextLength - 1]) ? text[..(TextLength - 1)] : text[..TextLength];

    private sealed class Way
    {
        private readonly SortedList<Guid, BacktestExample> newest = [];

        public int Count { get; private set; }

        public IEnumerable<BacktestExample> Newest => newest.Values.Reverse();

        public void Add(BacktestExample example)
        {
            Count++;
            Keep(example);
        }

        public void Merge(Way other)
        {
            Count += other.Count;
            foreach (var example in other.newest.Values)
                Keep(example);
        }

        // Ids are in the order of time.
        private void Keep(BacktestExample example)
        {
            if (newest.Count == Examples && example.Id.CompareTo(newest.GetKeyAtIndex(0)) <= 0)
                return;

            newest[example.Id] = example;
            if (newest.Count > Examples)
                newest.RemoveAt(0);
        }
    }
}
