namespace Crowd4Care.Load;

/// <summary>How large an installation is measured.</summary>
internal enum Size
{
    /// <summary>One process with SQLite; nothing else runs.</summary>
    Embedded,

    /// <summary>A process for each role, PostgreSQL, RabbitMQ and Redis.</summary>
    Distributed,
}

/// <summary>The roles that the product's processes can take.</summary>
internal static class Roles
{
    public const string Web = "web";
    public const string Route = "route";

    public static IReadOnlyList<string> All { get; } = [Web, "ingest", "classify", Route, "reply"];
}
