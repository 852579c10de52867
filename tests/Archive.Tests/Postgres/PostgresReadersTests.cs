namespace Waqtor.Archive.Tests;

[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresReadersTests(PostgresServer server) : ReadersConformance(new PostgresDatabase(server))
{
    protected override string Endless => "SELECT COUNT(*) FROM (SELECT pg_sleep(600)) AS sleep";
}
