using Dapper;

namespace Waqtor.Archive.Tests;

[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresListTests(PostgresServer server) : ListConformance(new PostgresDatabase(server))
{
    protected override Task BeginSegmentAsync() =>
        WithConnectionAsync(connection => connection.ExecuteScalarAsync<long>("SELECT setval('arrivals', nextval('arrivals') + 262144)"));
}
