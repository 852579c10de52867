namespace Waqtor.Archive.Tests;

public sealed class SqliteTransactionTests() : TransactionConformance(new SqliteDatabase());
