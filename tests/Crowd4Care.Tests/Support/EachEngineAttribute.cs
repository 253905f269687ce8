using Crowd4Care.Storage;

namespace Crowd4Care.Tests.Support;

/// <summary>The fixture runs once on each engine and gets its name: what holds on one has to hold on the other.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class EachEngineAttribute() : TestFixtureSourceAttribute(typeof(EachEngineAttribute), nameof(Engines))
{
    public static IEnumerable<string> Engines { get; } = [SqlDialect.Sqlite.Name, SqlDialect.Postgres.Name];
}
