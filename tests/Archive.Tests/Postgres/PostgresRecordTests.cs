namespace Waqtor.Archive.Tests;

[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresRecordTests(PostgresServer server) : RecordConformance(new PostgresDatabase(server));
