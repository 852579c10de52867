namespace Waqtor.Archive.Tests;

public sealed class SqliteRecordTests() : RecordConformance(new SqliteDatabase());
