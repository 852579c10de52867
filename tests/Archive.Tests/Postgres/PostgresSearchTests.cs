namespace Waqtor.Archive.Tests;

[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresSearchTests(PostgresServer server) : SearchConformance(new PostgresDatabase(server));
