namespace Waqtor.Archive.Tests;

public sealed class SqliteSearchTests() : SearchConformance(new SqliteDatabase());
