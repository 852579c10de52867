namespace Waqtor.Archive.Tests;

public sealed class SqliteVersionTests() : VersionConformance(new SqliteDatabase());
