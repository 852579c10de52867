namespace Waqtor.Archive.Tests;

[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresSchemaTests(PostgresServer server) : SchemaConformance(new PostgresDatabase(server));
