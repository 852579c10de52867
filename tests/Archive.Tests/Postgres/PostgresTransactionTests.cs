namespace Waqtor.Archive.Tests;

[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresTransactionTests(PostgresServer server) : TransactionConformance(new PostgresDatabase(server));
