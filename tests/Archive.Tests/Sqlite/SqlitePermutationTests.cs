namespace Waqtor.Archive.Tests;

public sealed class SqlitePermutationTests() : PermutationConformance(new SqliteDatabase());
