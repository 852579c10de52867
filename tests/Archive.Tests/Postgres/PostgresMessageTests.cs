namespace Waqtor.Archive.Tests;

[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresMessageTests(PostgresServer server) : MessageConformance(new PostgresDatabase(server));
