namespace Waqtor.Archive.Tests;

/// <summary>Two silos write the same rows at once, on one PostgreSQL.</summary>
[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresSilosTests(PostgresServer server) : PermutationConformance(new PostgresDatabase(server)), IAsyncLifetime
{
    private ArchiveUnderTest? _other;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        _other = await ArchiveUnderTest.StartAsync(Settings);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await _other!.DisposeAsync();
        await DisposeAsync();
    }

    protected override IArchiveWriter Writer(int call) => call % 2 == 0 ? Archive.Writer : _other!.Writer;

    [ConformanceFact]
    public async Task Silos_StartingAtOnce_MakeTheSchemaOnce()
    {
        await using var database = new PostgresDatabase(server);
        var settings = await database.CreateAsync();

        var silos = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ArchiveUnderTest.StartAsync(settings)));

        foreach (var silo in silos)
        {
            (await silo.Health.CheckAsync()).Healthy.ShouldBeTrue();
            await silo.DisposeAsync();
        }
    }
}
