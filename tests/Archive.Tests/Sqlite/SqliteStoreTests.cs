using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Waqtor.Archive.Tests;

/// <summary>What only the SQLite archive promises.</summary>
public sealed class SqliteStoreTests() : ArchiveConformance(new SqliteDatabase())
{
    [Fact]
    public void Library_LoadedWhereTheEngineSetItsResolver_IsTheSystems()
    {
        // In this process the first archive has set the resolver; a second setter, as the engine may be, is refused.
        Should.Throw<InvalidOperationException>(() =>
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (_, _, _) => IntPtr.Zero));

        SqliteLibrary.EnsureLoaded();

        raw.sqlite3_libversion_number().ShouldBeGreaterThanOrEqualTo(3_035_000);
    }

    [Fact]
    public async Task File_OfTheArchive_SyncsEveryCommitThroughALog()
    {
        (await WithConnectionAsync(connection => connection.ExecuteScalarAsync<string>("PRAGMA journal_mode"))).ShouldBe("wal");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task File_ThatIsNoArchive_IsRefusedWithTheKeyAndTheFile(bool isFolder)
    {
        await using var database = new SqliteDatabase();
        if (isFolder) Directory.CreateDirectory(database.File);
        else await File.WriteAllTextAsync(database.File, new string('x', 8_192));

        var refused = await Should.ThrowAsync<ArchiveSettingsException>(async () => await ArchiveUnderTest.StartAsync(await database.CreateAsync()));

        refused.Message.ShouldStartWith($"Waqtor:Archive:Path: the archive {database.File} {(isFolder ? "cannot be opened" : "is damaged")}");
    }

    /// <summary>What a power cut leaves: the file and as much of the log as was synced, here at every commit.</summary>
    [Fact]
    public async Task Archive_CopiedAfterEveryCommit_OpensWithExactlyWhatWasAcknowledged()
    {
        for (var number = 1; number <= 10; number++)
        {
            await AppendAsync(
                Sample.Received(Sample.Message(number)), Sample.Told(Sample.Batch(number, status: Conversations.BatchStatus.Completed)));
            await using var copy = new SqliteDatabase();
            var source = ((SqliteDatabase)Database).File;
            foreach (var ending in (string[])["", "-wal"]) File.Copy(source + ending, copy.File + ending);

            await using var archive = await ArchiveUnderTest.StartAsync(await copy.CreateAsync());

            (await archive.Queries.ListMessagesAsync(new MessageFilter())).Items.Length.ShouldBe(number);
            (await archive.Queries.GetQueueStatsAsync(null, null, Sample.Start)).Processed.ShouldBe(number);
        }
    }

    [Fact]
    public async Task Archive_WhoseLogWasTorn_OpensWithWholeCallsOnly()
    {
        for (var number = 1; number <= 5; number++)
        {
            await AppendAsync([.. Enumerable.Range(number * 100, 50).Select(one => Sample.Received(Sample.Message(one)))]);
        }

        var source = ((SqliteDatabase)Database).File;
        var log = await File.ReadAllBytesAsync(source + "-wal");
        var random = new Random(1);
        for (var round = 0; round < 20; round++)
        {
            await using var copy = new SqliteDatabase();
            File.Copy(source, copy.File);
            await File.WriteAllBytesAsync(copy.File + "-wal", log[..random.Next(log.Length)]);

            await using var archive = await ArchiveUnderTest.StartAsync(await copy.CreateAsync());

            (await CountAsync(archive)).ShouldBeOneOf([0, 50, 100, 150, 200, 250]);
        }
    }

    [Fact]
    public async Task Reader_WhileAWriteWaits_IsNotHeldUp()
    {
        await AppendAsync(Sample.Received(Sample.Message(1)));
        await using var blocker = await Database.ConnectAsync();
        await using var transaction = await ((SqliteConnection)blocker).BeginTransactionAsync();
        var waiting = AppendAsync(Sample.Received(Sample.Message(2)));

        (await Queries.ListMessagesAsync(new MessageFilter())).Items.ShouldHaveSingleItem();

        await transaction.RollbackAsync();
        await waiting;
    }

    private static async Task<int> CountAsync(ArchiveUnderTest archive)
    {
        var count = 0;
        string? cursor = null;
        do
        {
            var page = await archive.Queries.ListMessagesAsync(new MessageFilter { Limit = 200, Cursor = cursor });
            count += page.Items.Length;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return count;
    }
}
