using Microsoft.Extensions.Options;

namespace Waqtor.Archive.Tests;

public class ArchiveOptionsTests
{
    [Theory]
    [InlineData("Archive:Provider", "mysql", "Waqtor:Archive:Provider is 'mysql'; it must be sqlite or postgres.")]
    [InlineData("Archive:Provider", "postgres", "Waqtor:Archive:ConnectionString is empty; the postgres provider needs it.")]
    [InlineData("Archive:Path", "", "Waqtor:Archive:Path is empty; it must name a file.")]
    [InlineData("Archive:SearchRowsMax", "1", "Waqtor:Archive:SearchRowsMax is 1; it must be 100 to 1000000.")]
    [InlineData("Archive:ReadsMax", "0", "Waqtor:Archive:ReadsMax is 0; it must be 1 to 100.")]
    [InlineData("Archive:EventsPerTransactionMax", "0", "Waqtor:Archive:EventsPerTransactionMax is 0; it must be 1 to 100000.")]
    public async Task Option_OutOfBounds_IsRefusedByItsFullName(string key, string value, string message)
    {
        await using var archive = ArchiveUnderTest.Build(new Dictionary<string, string?> { [key] = value });

        Should.Throw<OptionsValidationException>(() => archive.Writer).Message.ShouldBe(message);
    }

    [Fact]
    public async Task ConnectionString_ThatCannotBeRead_IsRefusedWithoutRepeatingIt()
    {
        await using var archive = ArchiveUnderTest.Build(new Dictionary<string, string?>
        {
            ["Archive:Provider"] = "postgres",
            ["Archive:ConnectionString"] = "Hst=1;Password=hunter2",
        });

        var refusal = Should.Throw<OptionsValidationException>(() => archive.Writer);

        refusal.Message.ShouldStartWith("Waqtor:Archive:ConnectionString: cannot be read");
        refusal.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Path_OfNoOption_IsInTheDataFolder()
    {
        await using var database = new SqliteDatabase();
        await using (var archive = await ArchiveUnderTest.StartAsync(await database.CreateAsync()))
        {
            File.Exists(database.File).ShouldBeTrue();
        }

        File.Exists(database.File + "-wal").ShouldBeFalse();
    }

    [Fact]
    public async Task Archive_NotYetStarted_SaysSo()
    {
        await using var database = new SqliteDatabase();
        await using var archive = ArchiveUnderTest.Build(await database.CreateAsync());

        await Should.ThrowAsync<InvalidOperationException>(archive.Writer.AppendAsync([Sample.Received(Sample.Message())]));
        await Should.ThrowAsync<InvalidOperationException>(archive.Queries.GetMessageAsync("a"));
        (await archive.Health.CheckAsync()).ShouldBe(new ArchiveHealthReport(false, false, "The archive is not open yet."));
    }
}
