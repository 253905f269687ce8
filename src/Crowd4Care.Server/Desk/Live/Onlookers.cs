namespace Crowd4Care.Server.Desk.Live;

/// <summary>
/// Who has which mention before them just now. Nothing of it is stored: open pages say it again every few seconds, so what is lost comes
/// back by itself.
/// </summary>
internal sealed class Onlookers(TimeProvider clock)
{
    /// <summary>How long somebody counts as looking after their page last said so: more than two of its turns.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(50);

    /// <summary>How long somebody counts as writing after a draft of theirs was saved.</summary>
    public static readonly TimeSpan Writes = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Dictionary<Guid, Entry>> mentions = [];
    private DateTimeOffset clearedAt;

    /// <summary>Notes what a page said. True when the others on that mention see something else from now on.</summary>
    public bool Note(Look look)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            Clear(now);
            var before = Find(look, now);
            if (!mentions.TryGetValue(look.MentionId, out var people))
                mentions[look.MentionId] = people = [];
            if (!people.TryGetValue(look.PersonId, out var entry))
                people[look.PersonId] = entry = new Entry(look.Name);
            entry.Hear(look, now);
            return Find(look, now) != before;
        }
    }

    /// <summary>Who looks at a mention, by name.</summary>
    public IReadOnlyList<Onlooker> Of(Guid mentionId)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            return mentions.TryGetValue(mentionId, out var people)
                ? [.. people.Where(p => p.Value.IsThere(now)).Select(p => p.Value.ToOnlooker(p.Key, now)).OrderBy(p => p.Name, StringComparer.Ordinal)]
                : [];
        }
    }

    private Onlooker? Find(Look look, DateTimeOffset now) =>
        mentions.TryGetValue(look.MentionId, out var people) && people.TryGetValue(look.PersonId, out var entry) && entry.IsThere(now) ? entry.ToOnlooker(look.PersonId, now) : null;

    private void Clear(DateTimeOffset now)
    {
        if (now - clearedAt < Writes)
            return;

        clearedAt = now;
        foreach (var (mention, people) in mentions)
        {
            foreach (var (person, entry) in people)
            {
                entry.Forget(now);
                if (!entry.IsThere(now))
                    people.Remove(person);
            }

            if (people.Count == 0)
                mentions.Remove(mention);
        }
    }

    private sealed class Entry(string name)
    {
        private static readonly DateTimeOffset Left = DateTimeOffset.MinValue;

        // By page: somebody may have two, and going from one to the next the new one comes before the old one goes.
        private readonly Dictionary<Guid, DateTimeOffset> views = [];
        private DateTimeOffset writesUntil;

        public void Hear(Look look, DateTimeOffset now)
        {
            // What a closed page said last may come late.
            if (look.Kind == LookKind.Looks && views.GetValueOrDefault(look.View, now) != Left)
                views[look.View] = now + Lasts;
            else if (look.Kind == LookKind.Leaves)
                views[look.View] = Left;
            else if (look.Kind == LookKind.Writes)
                // Not a sign that they are there: a page saves the last draft while it is closed.
                writesUntil = now + Writes;
        }

        public void Forget(DateTimeOffset now)
        {
            foreach (var (view, _) in views.Where(v => v.Value <= now))
                views.Remove(view);
        }

        public bool IsThere(DateTimeOffset now) => views.Values.Any(until => until > now);

        public Onlooker ToOnlooker(Guid personId, DateTimeOffset now) => new(personId, name, writesUntil > now);
    }
}

/// <summary>Somebody who has a mention before them.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="IsWriting">Whether they saved a draft within the last minute.</param>
internal sealed record Onlooker(Guid PersonId, string Name, bool IsWriting);

/// <summary>What a page says to all processes.</summary>
/// <param name="MentionId">The mention.</param>
/// <param name="PersonId">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="View">The page; empty for a draft.</param>
/// <param name="Kind">What they do.</param>
internal sealed record Look(Guid MentionId, Guid PersonId, string Name, Guid View, LookKind Kind);

/// <summary>What somebody does with a mention.</summary>
internal enum LookKind
{
    /// <summary>They look at it, still or since now.</summary>
    Looks,

    /// <summary>A draft of theirs was saved.</summary>
    Writes,

    /// <summary>They closed the page.</summary>
    Leaves,
}
