using EmbeddedOrleans.Storage;
using EmbeddedOrleans.Storage.Sqlite;

namespace EmbeddedOrleans.Tests.EmbeddedStore;

public sealed class OpeningTests : StoreTest
{
    [Fact]
    public void NewFile_InAFolderThatIsMissing_IsCreated()
    {
        Open();

        File.Exists(FilePath).ShouldBeTrue();
    }

    [Fact]
    public void Library_IsTheSystems()
    {
        Version.Parse(SqliteLibrary.Load()).ShouldBeGreaterThan(new Version(3, 37));
    }

    [Fact]
    public async Task DamagedFile_IsRefusedByName()
    {
        var store = Open();
        for (var i = 0; i < 200; i++) await WriteAsync(store, GrainId.Create("t", $"{i}"), new string('x', 2000));
        await store.StopAsync();
        using (var connection = new SqliteConnection(FilePath, isReader: false)) connection.CheckpointAndTruncate();
        await using (var file = File.OpenWrite(FilePath))
        {
            file.Position = 8 * 4096;
            file.Write(new byte[20 * 4096].Select((_, i) => (byte)i).ToArray());
        }

        var thrown = Should.Throw<OrleansConfigurationException>(() => Open());

        thrown.Message.ShouldContain(FilePath);
        thrown.Message.ShouldContain("damaged");
    }

    [Fact]
    public void FileThatIsNoDatabase_IsRefusedByName()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, new string('?', 10_000));

        Should.Throw<OrleansConfigurationException>(() => Open()).Message.ShouldContain(FilePath);
    }

    [Fact]
    public void DatabaseOfAnotherProgram_IsRefusedByName()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        using (var connection = new SqliteConnection(FilePath, isReader: false)) connection.Execute(
            "CREATE TABLE theirs (x)");

        Should.Throw<OrleansConfigurationException>(() => Open()).Message.ShouldContain("another program");
    }

    [Fact]
    public async Task FileWhoseRemindersHaveNoTimeOfRegistration_IsReadAndGoesOn()
    {
        var start = new DateTime(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);
        var old = new StoredReminder(GrainId.Create("t", "1"), "r", start, TimeSpan.FromMinutes(1));
        var store = Open();
        await store.WriteReminderAsync(old with { RegisteredAt = start });
        await store.StopAsync();
        using (var connection = new SqliteConnection(FilePath, isReader: false)) connection.Execute("ALTER TABLE reminders DROP COLUMN registered_at");

        var reopened = Open();
        var added = old with { Name = "s", RegisteredAt = start.AddMinutes(-1) };
        await reopened.WriteReminderAsync(added);

        (await reopened.ReadRemindersAsync(default)).Reminders.ShouldBe([old, added], ignoreOrder: true);
    }

    [Fact]
    public async Task FileOfANewerProgram_IsRefusedWithBothVersions()
    {
        await Open().StopAsync();
        using (var connection = new SqliteConnection(FilePath, isReader: false)) connection.Execute(
            "PRAGMA user_version = 7");

        Should.Throw<OrleansConfigurationException>(
            () => Open()).Message.ShouldContain("schema version 7; this program knows up to 1");
    }

    [Fact]
    public async Task FileLockedByAnotherProcess_WritesWaitForIt()
    {
        var sut = Open();
        using var stranger = new SqliteConnection(FilePath, isReader: false);
        stranger.Execute("BEGIN IMMEDIATE");
        var write = WriteAsync(sut, Grain1, "text");
        await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System);
        write.IsCompleted.ShouldBeFalse();

        stranger.Execute("COMMIT");

        await write;
        (await ReadAsync(sut, Grain1)).ShouldBe("text");
    }

    [Fact]
    public async Task FileLockedForGood_WritesFailAfterTheTimeout_AndSucceedAfterwards()
    {
        var sut = Open();
        using var stranger = new SqliteConnection(FilePath, isReader: false);
        stranger.Execute("BEGIN IMMEDIATE");
        var write = WriteAsync(sut, Grain1, "text");

        Clock.Advance(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<Storage.StorageUnavailableException>(write);
        stranger.Execute("COMMIT");

        await WriteAsync(sut, Grain2, "text");
    }

    [Fact]
    public async Task FileCannotBeReopened_WritesFailUntilItCan()
    {
        var sut = Open();
        await WriteAsync(sut, Grain1, "before");
        Commits.FailWith(new IOException("the disk is gone"));
        var hidden = FilePath + ".hidden";
        await Should.ThrowAsync<Storage.StorageUnavailableException>(() => WriteAsync(sut, Grain2, "x"));
        Commits.FailWith(null);
        File.Move(FilePath, hidden);
        Directory.CreateDirectory(FilePath);

        await Should.ThrowAsync<Storage.StorageUnavailableException>(() => WriteAsync(sut, Grain2, "x"));
        Directory.Delete(FilePath);
        File.Move(hidden, FilePath);
        await Should.ThrowAsync<Storage.StorageUnavailableException>(() => WriteAsync(sut, Grain2, "too soon"));
        Clock.Advance(TimeSpan.FromMilliseconds(250));

        await WriteAsync(sut, Grain2, "after");
        (await ReadAsync(sut, Grain1)).ShouldBe("before");
    }

    [Fact]
    public async Task ReopenedFile_TakesNoWrite_IsClosedAgainAndItsLogIsCopiedFirst()
    {
        var sut = Open();
        await WriteAsync(sut, Grain1, "before");
        using (var stranger = new SqliteConnection(FilePath, isReader: false)) stranger.Execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON meta BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
        // Whoever closes the file last would copy its log.
        using var reader = new SqliteConnection(FilePath, isReader: true);
        reader.QueryInt64("SELECT count(*) FROM state").ShouldBe(1);
        Commits.FailWith(new IOException("the disk is gone"));
        await Should.ThrowAsync<Storage.StorageUnavailableException>(() => WriteAsync(sut, Grain2, "x"));
        Commits.FailWith(null);
        await Should.ThrowAsync<Storage.StorageUnavailableException>(() => WriteAsync(sut, Grain2, "x"));
        var opened = OpenFiles();

        for (var i = 0; i < 10; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(250));
            var thrown = await Should.ThrowAsync<Storage.StorageUnavailableException>(() => WriteAsync(sut, Grain2, "x"));
            thrown.Message.ShouldContain("full");
        }

        OpenFiles().ShouldBe(opened);
        new FileInfo(FilePath + "-wal").Length.ShouldBe(0);
        using (var stranger = new SqliteConnection(FilePath, isReader: false)) stranger.Execute("DROP TRIGGER refuse");
        Clock.Advance(TimeSpan.FromMilliseconds(250));
        await WriteAsync(sut, Grain2, "after");
        (await ReadAsync(sut, Grain1)).ShouldBe("before");
    }

    [Fact]
    public void Options_ThatMakeNoSense_AreRefusedByName() =>
        Should.Throw<OrleansConfigurationException>(
            () => Open(options => options.GroupMax = 0)).Message.ShouldContain("GroupMax");

    [Fact]
    public async Task Log_GrowsBeyondItsLimit_IsCopiedAndUsedAgain()
    {
        var sut = Open(options => options.CheckpointBytes = 256 * 1024);
        string? etag = null;
        for (var i = 0; i < 300; i++) etag = await WriteAsync(sut, Grain1, new string('x', 8000), etag);

        new FileInfo(FilePath + "-wal").Length.ShouldBeLessThan(1024 * 1024);
        (await ReadAsync(sut, Grain1))!.Length.ShouldBe(8000);
    }

    // How many files of the store this process has open.
    private int OpenFiles() => Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Count(link => new FileInfo(link).LinkTarget?.StartsWith(FilePath, StringComparison.Ordinal) == true);
}
