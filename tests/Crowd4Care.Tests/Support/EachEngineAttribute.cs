using Crowd4Care.Storage;

namespace Crowd4Care.Tests.Support;

/// <summary>The fixture runs once on each engine and gets its name: what holds on one has to hold on the other.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class EachEngineAttribute() : TestFixtureSourceAttribute(typeof(EachEngineAttribute), nameof(Engines))
{
    public static IEnumerable<TestFixtureData> Engines()
    {
        yield return new TestFixtureData(SqlDialect.Sqlite.Name);
        var postgres = new TestFixtureData(SqlDialect.Postgres.Name);
        yield return PostgresServer.IsThere ? postgres : postgres.Ignore(PostgresServer.Missing);
    }
}
