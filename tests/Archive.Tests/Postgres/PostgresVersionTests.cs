namespace Waqtor.Archive.Tests;

[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresVersionTests(PostgresServer server) : VersionConformance(new PostgresDatabase(server));
