namespace Waqtor.Archive.Tests;

[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresPermutationTests(PostgresServer server) : PermutationConformance(new PostgresDatabase(server));
