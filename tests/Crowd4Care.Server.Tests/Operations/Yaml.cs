using Crowd4Care.Server.Tests.TestBed;
using YamlDotNet.RepresentationModel;

namespace Crowd4Care.Server.Tests.Operations;

/// <summary>Reads the YAML files under ops.</summary>
internal static class Yaml
{
    /// <summary>Every document of every file of a folder that Kubernetes would apply.</summary>
    public static IReadOnlyList<YamlNode> Manifests() =>
        [.. Directory.EnumerateFiles(Repository.Of("ops", "kubernetes"), "*.yaml").Order(StringComparer.Ordinal).SelectMany(Documents)];

    public static YamlNode Of(params string[] path) => Documents(Repository.Of(path)).Single();

    /// <summary>The node at a path of keys; null when one is missing. A mapping may stand on another one (<c>&lt;&lt;</c>), which it overrides.</summary>
    public static YamlNode? At(this YamlNode? node, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            node = node.Pairs().FirstOrDefault(pair => pair.Key == key).Value;
        return node;
    }

    public static string? Text(this YamlNode? node) => (node as YamlScalarNode)?.Value;

    public static IReadOnlyList<YamlNode> Items(this YamlNode? node) => node is YamlSequenceNode list ? [.. list.Children] : [];

    public static IReadOnlyList<string> Texts(this YamlNode? node) => [.. node.Items().Select(i => i.Text()!)];

    public static IEnumerable<(string Key, YamlNode Value)> Pairs(this YamlNode? node) =>
        node is not YamlMappingNode map ? []
        : map.Children.Where(c => c.Key.Text() != "<<").Select(c => (c.Key.Text()!, c.Value))
            .Concat(map.Children.Where(c => c.Key.Text() == "<<").SelectMany(c => c.Value.Pairs()))
            .DistinctBy(pair => pair.Item1);

    private static List<YamlNode> Documents(string file)
    {
        using var reader = new StreamReader(file);
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(d => d.RootNode)];
    }
}
