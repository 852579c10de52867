using Npgsql;

namespace Waqtor.Archive.Tests;

/// <summary>Starting while PostgreSQL is not as it should be.</summary>
[Collection(PostgresSuite.Name), RequiresPostgres]
public sealed class PostgresAwayTests(PostgresServer server)
{
    [ConformanceFact]
    public async Task Start_NobodyListens_GoesOnAndSaysSo()
    {
        // Port 1 of this machine is nobody's.
        await using var archive = await ArchiveUnderTest.StartAsync(Settings("Host=127.0.0.1;Port=1;Username=waqtor"));

        (await archive.Health.CheckAsync()).Healthy.ShouldBeFalse();
        await Should.ThrowAsync<IOException>(archive.Writer.AppendAsync([Sample.Received(Sample.Message())]));
        await Should.ThrowAsync<IOException>(archive.Queries.GetMessageAsync("a"));
    }

    [ConformanceFact]
    public async Task Start_NoSuchDatabase_NamesTheKey()
    {
        var connection = new NpgsqlConnectionStringBuilder(await server.CreateSchemaAsync()) { Database = "nowhere" };

        var refusal = await Should.ThrowAsync<ArchiveSettingsException>(ArchiveUnderTest.StartAsync(Settings(connection.ToString())));

        refusal.Message.ShouldStartWith("Waqtor:Archive:ConnectionString: PostgreSQL refuses it: ");
    }

    private static Dictionary<string, string?> Settings(string connectionString) => new()
    {
        ["Archive:Provider"] = "postgres",
        ["Archive:ConnectionString"] = connectionString,
    };
}
