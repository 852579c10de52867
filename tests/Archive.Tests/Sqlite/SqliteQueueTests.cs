namespace Waqtor.Archive.Tests;

public sealed class SqliteQueueTests() : QueueConformance(new SqliteDatabase());
