namespace Waqtor.Archive.Tests;

/// <summary>The PostgreSQL classes share one server and take turns; the SQLite classes run beside them.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresSuite : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
