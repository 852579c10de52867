namespace Waqtor.Archive.Tests;

public sealed class SqliteSchemaTests() : SchemaConformance(new SqliteDatabase());
