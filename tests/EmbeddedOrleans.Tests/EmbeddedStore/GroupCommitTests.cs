using EmbeddedOrleans.Storage;
using Orleans.Storage;

namespace EmbeddedOrleans.Tests.EmbeddedStore;

public sealed class GroupCommitTests : StoreTest
{
    [Fact]
    public async Task Writes_QueuedDuringACommit_ShareTheNext()
    {
        var sut = Open();
        Commits.HoldBeforeCommit();
        var first = WriteAsync(sut, Grain1, "first");
        await Commits.CommittingAsync();
        var others = Enumerable.Range(0, 50).Select(i => WriteAsync(sut, GrainId.Create("t", $"{i}"), "x")).ToList();

        Commits.Release();
        await Task.WhenAll([first, .. others]);

        Commits.Groups.ShouldBe([1, 50]);
    }

    [Fact]
    public async Task Write_CommitHasNotReturned_IsNotAnswered()
    {
        var sut = Open();
        Commits.HoldBeforeCommit();

        var write = WriteAsync(sut, Grain1, "text");
        await Commits.CommittingAsync();

        write.IsCompleted.ShouldBeFalse();
        (await ReadAsync(sut, Grain1)).ShouldBeNull();
        Commits.Release();
        await write;
    }

    [Fact]
    public async Task Write_CommitHasReturned_IsOnTheDiskBeforeItIsAnswered()
    {
        var sut = Open();
        Commits.HoldAfterCommit();

        var write = WriteAsync(sut, Grain1, "text");
        await Commits.CommittedAsync();

        write.IsCompleted.ShouldBeFalse();
        (await ReadAsync(sut, Grain1)).ShouldBe("text");
        Commits.Release();
        await write;
    }

    [Fact]
    public async Task Conflict_InAGroup_FailsThatWriteAlone()
    {
        var sut = Open();
        var etag = await WriteAsync(sut, Grain1, "old");
        Commits.HoldBeforeCommit();
        var blocker = WriteAsync(sut, GrainId.Create("t", "blocker"), "x");
        await Commits.CommittingAsync();

        var good = WriteAsync(sut, Grain1, "new", etag);
        var bad = WriteAsync(sut, Grain1, "too late", etag);
        var another = WriteAsync(sut, Grain2, "text");
        Commits.Release();
        await Task.WhenAll(blocker, good, another);

        var conflict = await Should.ThrowAsync<InconsistentStateException>(bad);
        conflict.CurrentEtag.ShouldBe(etag);
        conflict.StoredEtag.ShouldBe(await good);
        (await ReadAsync(sut, Grain1)).ShouldBe("new");
        (await ReadAsync(sut, Grain2)).ShouldBe("text");
    }

    [Fact]
    public async Task Write_RecordExistsAndNoEtag_IsAConflict()
    {
        var sut = Open();
        await WriteAsync(sut, Grain1, "old");

        await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(sut, Grain1, "new"));
    }

    [Fact]
    public async Task Etag_OfADeletedRecord_IsNotValidForItsSuccessor()
    {
        var sut = Open();
        var etag = await WriteAsync(sut, Grain1, "first life");
        await sut.DeleteStateAsync(Grain1, "s", etag);
        await WriteAsync(sut, Grain1, "second life");

        await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(sut, Grain1, "ghost", etag));
    }

    [Fact]
    public async Task CommitFails_AllOfTheGroupLearn_AndNothingIsWritten()
    {
        var sut = Open();
        Commits.FailWith(new IOException("no space left"));

        var writes = new[] { WriteAsync(sut, Grain1, "a"), WriteAsync(sut, Grain2, "b") };

        foreach (var write in writes)
        {
            (await Should.ThrowAsync<StorageUnavailableException>(write)).Message.ShouldContain("no space left");
        }

        (await ReadAsync(sut, Grain1)).ShouldBeNull();
        (await ReadAsync(sut, Grain2)).ShouldBeNull();
    }

    [Fact]
    public async Task CommitFailed_DiskIsWellAgain_WritesSucceed()
    {
        var sut = Open();
        var etag = await WriteAsync(sut, Grain1, "before");
        Commits.FailWith(new IOException("stale handle"));
        await Should.ThrowAsync<StorageUnavailableException>(() => WriteAsync(sut, Grain1, "lost", etag));

        Commits.FailWith(null);
        await WriteAsync(sut, Grain1, "after", etag);

        (await ReadAsync(sut, Grain1)).ShouldBe("after");
    }

    [Fact]
    public async Task Queue_IsFull_FurtherWritesFailAtOnce()
    {
        var sut = Open(options => options.QueueMax = 3);
        Commits.HoldBeforeCommit();
        var running = WriteAsync(sut, Grain1, "x");
        await Commits.CommittingAsync();
        var waiting = Enumerable.Range(0, 3).Select(i => WriteAsync(sut, GrainId.Create("t", $"{i}"), "x")).ToList();

        var refused = WriteAsync(sut, Grain2, "x");

        refused.IsFaulted.ShouldBeTrue();
        await Should.ThrowAsync<StorageUnavailableException>(refused);
        Commits.Release();
        await Task.WhenAll([running, .. waiting]);
    }

    [Fact]
    public async Task Group_IsBounded()
    {
        var sut = Open(options => options.GroupMax = 4);
        Commits.HoldBeforeCommit();
        var first = WriteAsync(sut, Grain1, "x");
        await Commits.CommittingAsync();
        var others = Enumerable.Range(0, 10).Select(i => WriteAsync(sut, GrainId.Create("t", $"{i}"), "x")).ToList();

        Commits.Release();
        await Task.WhenAll([first, .. others]);

        Commits.Groups.ShouldBe([1, 4, 4, 2]);
    }

    [Fact]
    public async Task Commit_DoesNotReturn_WritesFailAfterTheTimeout()
    {
        var sut = Open();
        Commits.HoldBeforeCommit();
        var stuck = WriteAsync(sut, Grain1, "x");
        await Commits.CommittingAsync();
        Clock.Advance(TimeSpan.FromSeconds(3));
        var behind = WriteAsync(sut, Grain2, "x");

        Clock.Advance(TimeSpan.FromSeconds(7));

        await Should.ThrowAsync<StorageUnavailableException>(stuck);
        behind.IsCompleted.ShouldBeFalse();
        Clock.Advance(TimeSpan.FromSeconds(3));
        await Should.ThrowAsync<StorageUnavailableException>(behind);
    }

    [Fact]
    public async Task Commit_ReturnsAfterTheTimeout_StoreGoesOn()
    {
        var sut = Open();
        Commits.HoldBeforeCommit();
        var stuck = WriteAsync(sut, Grain1, "late");
        await Commits.CommittingAsync();
        Clock.Advance(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<StorageUnavailableException>(stuck);

        Commits.Release();
        await WriteAsync(sut, Grain2, "next");

        // The late write took place after all: its outcome was unknown, not undone.
        (await ReadAsync(sut, Grain1)).ShouldBe("late");
    }

    [Fact]
    public async Task Stop_WritesAreQueued_TheyAreCommitted()
    {
        var sut = Open();
        Commits.HoldBeforeCommit();
        var writes = Enumerable.Range(0, 20).Select(i => WriteAsync(sut, GrainId.Create("t", $"{i}"), "x")).ToList();
        var stop = sut.StopAsync();

        Commits.Release();
        await stop;

        await Task.WhenAll(writes);
        var reopened = Open();
        (await ReadAsync(reopened, GrainId.Create("t", "19"))).ShouldBe("x");
        await Should.ThrowAsync<StorageUnavailableException>(() => WriteAsync(sut, Grain1, "too late"));
    }

    [Fact]
    public async Task Kill_WritesAreQueued_TheyAreNeitherAnsweredNorWritten()
    {
        var sut = Open();
        var safe = await WriteAsync(sut, Grain1, "safe");
        Commits.HoldBeforeCommit();
        var running = WriteAsync(sut, Grain1, "running", safe);
        await Commits.CommittingAsync();
        var queued = WriteAsync(sut, Grain2, "queued");

        var kill = Task.Run(sut.Kill);
        await KilledAsync(sut);
        Commits.Release();
        await kill;

        running.IsCompleted.ShouldBeFalse();
        queued.IsCompleted.ShouldBeFalse();
        var reopened = Open();
        (await ReadAsync(reopened, Grain1)).ShouldBe("safe");
        (await ReadAsync(reopened, Grain2)).ShouldBeNull();
    }

    // A killed store refuses writes; that is the sign that the kill has begun.
    private static async Task KilledAsync(Storage.Sqlite.SqliteStore store)
    {
        while (!WriteAsync(store, GrainId.Create("t", "probe"), "x").IsFaulted) await Task.Yield();
    }
}
