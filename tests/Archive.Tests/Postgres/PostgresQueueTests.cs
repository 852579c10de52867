namespace Waqtor.Archive.Tests;

[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresQueueTests(PostgresServer server) : QueueConformance(new PostgresDatabase(server));
