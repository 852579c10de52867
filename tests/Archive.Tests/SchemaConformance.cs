using Dapper;

namespace Waqtor.Archive.Tests;

/// <summary>The schema is made, kept and guarded; the health check tells the truth.</summary>
public abstract class SchemaConformance(ITestDatabase database) : ArchiveConformance(database)
{
    [ConformanceFact]
    public async Task Schema_AfterTheFirstStart_IsTheLatestVersion()
    {
        (await VersionsAsync()).ShouldBe(Enumerable.Range(1, Migration.Latest).Select(version => (long)version));
    }

    [ConformanceFact]
    public async Task Schema_StartedAgain_IsLeftAsItIs()
    {
        await AppendAsync(Sample.Received(Sample.Message()));
        await RestartAsync();

        (await VersionsAsync()).Count().ShouldBe(Migration.Latest);
        (await Queries.GetMessageAsync(Sample.MessageId(1))).ShouldNotBeNull();
    }

    [ConformanceFact]
    public async Task Schema_OfANewerProgram_IsRefusedWithAClearLine()
    {
        await WithConnectionAsync(connection => connection.ExecuteAsync("INSERT INTO schema_version (version, applied_at) VALUES (999, 0)"));

        var refusal = await Should.ThrowAsync<ArchiveSchemaException>(RestartAsync());

        refusal.Message.ShouldStartWith($"The archive's schema is version 999; this program knows versions up to {Migration.Latest}.");
    }

    [ConformanceFact]
    public async Task Health_OfAWorkingArchive_IsGood()
    {
        (await Archive.Health.CheckAsync()).ShouldBe(new ArchiveHealthReport(true, true, null));
        (await Archive.Health.CheckAsync()).Healthy.ShouldBeTrue();
    }

    [ConformanceFact]
    public async Task Health_TablesGone_SaysSoInsteadOfThrowing()
    {
        await WithConnectionAsync(connection => connection.ExecuteAsync("DROP TABLE archive_probe"));

        var report = await Archive.Health.CheckAsync();

        report.Healthy.ShouldBeFalse();
        report.Writable.ShouldBeFalse();
        report.Error.ShouldNotBeNull().ShouldContain("archive_probe");
    }

    private Task<IEnumerable<long>> VersionsAsync() =>
        WithConnectionAsync(connection => connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY version"));
}
