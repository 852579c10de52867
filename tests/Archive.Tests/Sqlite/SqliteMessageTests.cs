namespace Waqtor.Archive.Tests;

public sealed class SqliteMessageTests() : MessageConformance(new SqliteDatabase());
