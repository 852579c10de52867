using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Waqtor.Api.Spooling;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Spooling;

public sealed class SpoolTests
{
    [Fact]
    public async Task Append_Completes_OnlyAfterTheSync()
    {
        var files = new MemorySpoolFiles();
        files.SyncMayGo.Reset();
        await using var spool = Open(files);

        var appending = spool.AppendAsync(Record("d1"));
        await Eventually.HappensAsync(() => files.Steps.Count(step => step == "append") == 2, "head and record are written");
        appending.IsCompleted.ShouldBeFalse();
        spool.Take(10).ShouldBeEmpty();

        files.SyncMayGo.Set();
        await appending;
        files.Steps.ShouldBe(["append", "append", "sync"]);
        spool.Take(10).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Append_OfManyAtOnce_SharesSyncs()
    {
        var files = new MemorySpoolFiles();
        await using var spool = Open(files);
        files.SyncMayGo.Reset();
        var first = spool.AppendAsync(Record("first"));
        var others = Enumerable.Range(0, 500).Select(i => spool.AppendAsync(Record($"d{i}"))).ToArray();
        files.SyncMayGo.Set();
        await Task.WhenAll([first, .. others]);
        files.Steps.Count(step => step == "sync").ShouldBeLessThanOrEqualTo(3);
        spool.Pending.ShouldBe(501);
    }

    [Fact]
    public async Task PowerCut_WhileAppendsWait_LosesNothingThatWasAcknowledged()
    {
        var files = new MemorySpoolFiles();
        await using var spool = Open(files);
        await spool.AppendAsync(Record("acked"));
        files.SyncMayGo.Reset();
        var waiting = spool.AppendAsync(Record("waiting"));
        await Eventually.HappensAsync(() => files.Steps.Count(step => step == "append") == 3, "the second record is written");

        var after = files.AfterPowerCut();
        waiting.IsCompleted.ShouldBeFalse();
        files.SyncMayGo.Set();
        await using var reopened = Open(after);
        Ids(reopened).ShouldBe(["acked"]);
    }

    [Fact]
    public async Task Record_ReadBack_IsTheSame()
    {
        await using var spool = Open(new MemorySpoolFiles());
        var record = new SpoolRecord
        {
            DeliveryId = "dlv_1",
            Instance = "متجر",
            Provider = "evolution",
            ReceivedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
            SignatureChecked = true,
            AcceptedBy = ["b", "c"],
            Body = Encoding.UTF8.GetBytes("{\"مرحبا\":1}"),
        };
        await spool.AppendAsync(record);

        var read = spool.Read(spool.Take(1).ShouldHaveSingleItem());
        read.DeliveryId.ShouldBe(record.DeliveryId);
        read.Instance.ShouldBe(record.Instance);
        read.Provider.ShouldBe(record.Provider);
        read.ReceivedAt.ShouldBe(record.ReceivedAt);
        read.SignatureChecked.ShouldBeTrue();
        read.AcceptedBy.ShouldBe(record.AcceptedBy);
        read.Body.ToArray().ShouldBe(record.Body.ToArray());
    }

    [Fact]
    public async Task TornTail_AtEveryByte_IsCutAndTheRestIsKept()
    {
        var files = new MemorySpoolFiles();
        long whole;
        await using (var spool = Open(files))
        {
            await spool.AppendAsync(Record("one"));
            await spool.AppendAsync(Record("two"));
            whole = files.Read(files.Names[0]).Length;
            await spool.AppendAsync(Record("three"));
        }

        var bytes = files.Read(files.Names[0]);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var torn = new MemorySpoolFiles();
            torn.Put(files.Names[0], bytes[..length]);
            await using var spool = Open(torn);
            var kept = Ids(spool);
            if (length == bytes.Length) kept.ShouldBe(["one", "two", "three"]);
            else if (length >= whole) kept.ShouldBe(["one", "two"]);
            else kept.Count.ShouldBeLessThan(2);
            if (kept.Count is > 0 and < 3) torn.Read(torn.Names[0]).Length.ShouldBeLessThanOrEqualTo(length);

            await spool.AppendAsync(Record("next"));
            Ids(spool).ShouldBe(["next"], "it goes behind what was kept");
        }
    }

    [Fact]
    public async Task TornTail_Filled_WithZerosOrRubbish_IsCut()
    {
        var (name, bytes) = await WrittenAsync("one", "two");
        foreach (var tail in new[] { new byte[500], Enumerable.Range(0, 500).Select(i => (byte)(i * 7)).ToArray() })
        {
            var torn = new MemorySpoolFiles();
            torn.Put(name, [.. bytes, .. tail]);
            await using var spool = Open(torn);
            Ids(spool).ShouldBe(["one", "two"]);
        }
    }

    [Fact]
    public async Task FlippedBit_InTheMiddle_RefusesTheStartNamingFileAndOffset()
    {
        var (name, bytes) = await WrittenAsync("one", "two", "three");
        var damagedSeen = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            var damaged = new MemorySpoolFiles();
            var copy = bytes.ToArray();
            copy[at] ^= 0x10;
            damaged.Put(name, copy);
            var spool = new Spool(damaged, Options.Create(new SpoolOptions()), NullLogger<Spool>.Instance);
            try
            {
                spool.Open();
                // Only the last record may be taken for a torn end.
                Ids(spool).Take(2).ShouldBe(["one", "two"], $"byte {at}");
            }
            catch (SpoolDamagedException exception)
            {
                damagedSeen++;
                exception.File.ShouldBe(name);
                exception.Offset.ShouldBeLessThanOrEqualTo(at);
                exception.Message.ShouldContain(name);
            }

            await spool.DisposeAsync();
        }

        damagedSeen.ShouldBeGreaterThan(bytes.Length / 2);
    }

    [Fact]
    public async Task FlippedBit_InTheLastRecordOfAFullFile_RefusesTheStart()
    {
        var files = new MemorySpoolFiles();
        var options = new SpoolOptions { SegmentBytesMax = 65_536 };
        await using (var spool = Open(files, options)) await spool.AppendAsync(Record("one", 70_000));
        var name = files.Names[0];
        var bytes = files.Read(name);
        bytes[50_000] ^= 1;
        files.Put(name, bytes);

        Should.Throw<SpoolDamagedException>(() => Open(files, options)).Offset.ShouldBe(SpoolFormat.HeaderBytes + SpoolFormat.FrameBytes + 1, "behind the sign of its group");
    }

    [Fact]
    public async Task Body_ThatHoldsARecord_DoesNotMakeATornEndLookLikeDamage()
    {
        var (_, foreign) = await WrittenAsync("evil");
        var files = new MemorySpoolFiles();
        await using (var spool = Open(files)) await spool.AppendAsync(Record("one") with { Body = foreign });
        var name = files.Names[0];
        files.Put(name, files.Read(name)[..^1]);
        await using var reopened = Open(files);
        Ids(reopened).ShouldBeEmpty();
    }

    [Fact]
    public void File_OfALaterVersion_RefusesTheStart()
    {
        var files = new MemorySpoolFiles();
        files.Put("0000000000000001.spool", [.. "WQSPOOL\x03"u8, .. new byte[64]]);
        Should.Throw<SpoolDamagedException>(() => Open(files)).Message.ShouldContain("later version");
    }

    [Fact]
    public async Task File_OfTheVersionBefore_IsRead()
    {
        var (name, bytes) = await WrittenAsync("one", "two");
        var files = new MemorySpoolFiles();
        files.Put(name, WithoutGroups(bytes));
        await using var spool = Open(files);
        Ids(spool).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task File_OfTheVersionBefore_BrokenBeforeAWholeRecord_RefusesTheStart()
    {
        var (name, bytes) = await WrittenAsync("one", "two");
        var old = WithoutGroups(bytes);
        old[SpoolFormat.HeaderBytes + SpoolFormat.FrameBytes + 3] ^= 1;
        var files = new MemorySpoolFiles();
        files.Put(name, old);
        Should.Throw<SpoolDamagedException>(() => Open(files)).Offset.ShouldBe(SpoolFormat.HeaderBytes);
    }

    // A disk may keep any part of what it was not told to sync: nobody was told of this group.
    [Fact]
    public async Task LastGroup_OfWhichAnyPartIsLost_DoesNotRefuseTheStart_AndWhatIsWholeIsKept()
    {
        var files = new MemorySpoolFiles();
        await using (var spool = Open(files))
        {
            await spool.AppendAsync(Record("first"));
            files.SyncMayGo.Reset();
            var held = spool.AppendAsync(Record("held"));
            await Eventually.HappensAsync(() => files.Steps.Count(step => step == "append") == 3, "a group waits for its sync");
            var group = Enumerable.Range(0, 5).Select(i => spool.AppendAsync(Record($"g{i}"))).ToArray();
            files.SyncMayGo.Set();
            await Task.WhenAll([held, .. group]);
        }

        var bytes = files.Read(files.Names[0]);
        foreach (var lost in Enumerable.Range(0, 5))
        {
            var cut = new MemorySpoolFiles();
            var copy = bytes.ToArray();
            var at = copy.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"g{lost}"));
            copy.AsSpan(at, 40).Clear();
            cut.Put(files.Names[0], copy);
            await using var reopened = Open(cut);
            Ids(reopened).ShouldBe(["first", "held", .. Enumerable.Range(0, 5).Where(i => i != lost).Select(i => $"g{i}")]);
        }

        bytes[bytes.AsSpan().IndexOf("held"u8)] ^= 1;
        var damaged = new MemorySpoolFiles();
        damaged.Put(files.Names[0], bytes);
        Should.Throw<SpoolDamagedException>(() => Open(damaged));
    }

    [Fact]
    public async Task SyncError_RefusesItsWaitersAndBeginsANewFile()
    {
        var files = new MemorySpoolFiles();
        await using var spool = Open(files);
        await spool.AppendAsync(Record("one"));
        files.SyncFails = true;
        await Should.ThrowAsync<IOException>(spool.AppendAsync(Record("lost")));
        files.SyncFails = false;
        await spool.AppendAsync(Record("two"));

        files.Names.Count.ShouldBe(2);
        Ids(spool).ShouldBe(["one", "two"]);
        spool.Pending.ShouldBe(2);
        await using var reopened = Open(files.AfterPowerCut());
        Ids(reopened).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task DiskFull_IsRefusedAndHealsByItself()
    {
        var files = new MemorySpoolFiles { AppendFails = true };
        await using var spool = Open(files);
        for (var i = 0; i < 5; i++) await Should.ThrowAsync<IOException>(spool.AppendAsync(Record("lost")));
        files.Names.ShouldBeEmpty();
        spool.Pending.ShouldBe(0);
        spool.Bytes.ShouldBe(0);
        files.AppendFails = false;
        await spool.AppendAsync(Record("one"));
        Ids(spool).ShouldBe(["one"]);
    }

    [Fact]
    public async Task Bound_IsKept()
    {
        var files = new MemorySpoolFiles();
        await using var spool = Open(files, new SpoolOptions { BytesMax = 1_048_576 });
        await spool.AppendAsync(Record("one", 1_000_000));
        await Should.ThrowAsync<SpoolFullException>(spool.AppendAsync(Record("two", 100_000)));
        await spool.AppendAsync(Record("three", 10_000));
        Ids(spool).ShouldBe(["one", "three"]);
    }

    [Fact]
    public async Task Files_OfWhatIsStored_Go()
    {
        var files = new MemorySpoolFiles();
        await using var spool = Open(files, new SpoolOptions { SegmentBytesMax = 65_536 });
        for (var i = 0; i < 5; i++) await spool.AppendAsync(Record($"d{i}", 40_000));
        files.Names.Count.ShouldBe(3);

        spool.Complete(spool.Take(2));
        files.Names.Count.ShouldBe(2);
        var rest = spool.Take(10);
        rest.Select(entry => spool.Read(entry).DeliveryId).ShouldBe(["d2", "d3", "d4"]);
        spool.Complete(rest);
        await Eventually.HappensAsync(() => files.Names.Count == 0, "the last file is put away");
        spool.Bytes.ShouldBe(0);
        spool.HasPending("shop").ShouldBeFalse();
    }

    [Fact]
    public async Task Pending_IsPerInstance_AndFromBeforeTheWrite()
    {
        var files = new MemorySpoolFiles();
        await using var spool = Open(files);
        files.SyncMayGo.Reset();
        var appending = spool.AppendAsync(Record("one"));
        spool.HasPending("shop").ShouldBeTrue();
        spool.HasPending("other").ShouldBeFalse();
        files.SyncMayGo.Set();
        await appending;
    }

    [Fact]
    public async Task DiskFiles_KeepTheirPromises()
    {
        using var folder = new TestFolder();
        var files = new DiskSpoolFiles(Path.Combine(folder.Path, "spool"));
        await using (var spool = Open(files))
        {
            for (var i = 0; i < 20; i++) await spool.AppendAsync(Record($"d{i}"));
        }

        await using var reopened = Open(files);
        var entries = reopened.Take(100);
        entries.Select(entry => reopened.Read(entry).DeliveryId).ShouldBe(Enumerable.Range(0, 20).Select(i => $"d{i}"));
        reopened.Complete(entries);
        files.List().ShouldBeEmpty();
    }

    // As it was written before records were in groups.
    private static byte[] WithoutGroups(byte[] segment)
    {
        var sign = SpoolFormat.EncodeGroup(SpoolFormat.SaltOf(segment));
        var old = new List<byte>(segment);
        for (var at = segment.AsSpan().LastIndexOf(sign); at >= 0; at = segment.AsSpan(0, at).LastIndexOf(sign)) old.RemoveRange(at, sign.Length);
        old[7] = 1;
        return [.. old];
    }

    private static Spool Open(ISpoolFiles files, SpoolOptions? options = null)
    {
        var spool = new Spool(files, Options.Create(options ?? new SpoolOptions()), NullLogger<Spool>.Instance);
        spool.Open();
        return spool;
    }

    private static async Task<(string Name, byte[] Bytes)> WrittenAsync(params string[] ids)
    {
        var files = new MemorySpoolFiles();
        await using (var spool = Open(files))
        {
            foreach (var id in ids) await spool.AppendAsync(Record(id));
        }

        return (files.Names[0], files.Read(files.Names[0]));
    }

    private static List<string> Ids(Spool spool) => [.. spool.Take(int.MaxValue).Select(entry => spool.Read(entry).DeliveryId)];

    private static SpoolRecord Record(string id, int bytes = 20) => new()
    {
        DeliveryId = id,
        Instance = "shop",
        Provider = "generic",
        ReceivedAt = DateTimeOffset.UnixEpoch,
        SignatureChecked = true,
        Body = Encoding.ASCII.GetBytes(new string('x', bytes)),
    };
}
