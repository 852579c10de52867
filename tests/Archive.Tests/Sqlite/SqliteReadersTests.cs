namespace Waqtor.Archive.Tests;

public sealed class SqliteReadersTests() : ReadersConformance(new SqliteDatabase())
{
    protected override string Endless => "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";

    [Fact]
    public async Task Read_WhichBlocks_TakesNoThreadOfThePool()
    {
        (await Archive.Store.ReadAsync(_ => Task.FromResult(Thread.CurrentThread.IsThreadPoolThread), CancellationToken.None)).ShouldBeFalse();
    }
}
