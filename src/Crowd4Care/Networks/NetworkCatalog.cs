using System.Diagnostics.CodeAnalysis;

namespace Crowd4Care.Networks;

/// <summary>The networks that this program can speak to.</summary>
public sealed class NetworkCatalog(IEnumerable<INetwork> networks)
{
    private readonly Dictionary<string, INetwork> byName = networks.ToDictionary(n => n.Name);

    /// <summary>Their names, sorted.</summary>
    public IReadOnlyList<string> Names => [.. byName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Finds a network by its name in lower case.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out INetwork network) => byName.TryGetValue(name, out network);
}
