namespace Waqtor.Archive.Tests;

public sealed class SqliteListTests() : ListConformance(new SqliteDatabase())
{
    // Each start begins one.
    protected override Task BeginSegmentAsync() => RestartAsync();
}
