using Waqtor.Api.Media;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Media;

/// <summary>What a power cut would leave, told by which folders were synced.</summary>
public sealed class FileMediaStoreTests : IDisposable
{
    private static readonly byte[] Content = [1, 2, 3];

    private readonly TestFolder _folder = new();
    private readonly List<string> _synced = [];
    private string? _fails;

    private FileMediaStore Sut => field ??= new FileMediaStore(_folder.Path, Sync);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PutAsync_NewContent_SyncsItsFolderAndOnceTheFoldersName()
    {
        var hash = await Sut.PutAsync(Content);
        var path = FolderOf(hash);
        _synced.ShouldBe([path, _folder.Path]);

        await Sut.PutAsync(Content);

        _synced.ShouldBe([path, _folder.Path, path]);
        (await ReadAsync(hash)).ShouldBe(Content);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PutAsync_TheFirstOneCouldNotSync_TheSecondDoesNotBelieveIt(bool theFolder)
    {
        var hash = await new FileMediaStore(_folder.Path, _ => { }).PutAsync(Content);
        _fails = theFolder ? FolderOf(hash) : _folder.Path;
        await Should.ThrowAsync<IOException>(() => Sut.PutAsync(Content));
        await Should.ThrowAsync<IOException>(() => Sut.PutAsync(Content));
        _fails = null;
        _synced.Clear();

        await Sut.PutAsync(Content);

        _synced.ShouldBe([FolderOf(hash), _folder.Path]);
    }

    [Fact]
    public async Task PutAsync_AnotherMadeTheFolder_SyncsItsName()
    {
        var hash = await Sut.PutAsync(Content);
        File.Delete(Path.Combine(FolderOf(hash), hash[2..]));
        _synced.Clear();

        await new FileMediaStore(_folder.Path, Sync).PutAsync(Content);

        _synced.ShouldBe([FolderOf(hash), _folder.Path]);
    }

    [Fact]
    public async Task RemoveLeftovers_OfACrash_GoWhenNobodyCanBeWritingThem()
    {
        var hash = await Sut.PutAsync(Content);
        var leftover = Path.Combine(FolderOf(hash), hash[2..] + ".0193b0a0.tmp");
        await File.WriteAllBytesAsync(leftover, [1]);
        var now = TimeProvider.System.GetUtcNow();

        Sut.RemoveLeftovers(now).ShouldBe(0);
        File.Exists(leftover).ShouldBeTrue();
        Sut.RemoveLeftovers(now + TimeSpan.FromHours(2)).ShouldBe(1);

        File.Exists(leftover).ShouldBeFalse();
        (await ReadAsync(hash)).ShouldBe(Content);
    }

    [Fact]
    public void RemoveLeftovers_NothingWasEverKept_IsNothing() =>
        new FileMediaStore(Path.Combine(_folder.Path, "none"), Sync).RemoveLeftovers(DateTimeOffset.UnixEpoch).ShouldBe(0);

    private void Sync(string folder)
    {
        if (folder == _fails) throw new IOException("The disk fails, as the test asked.");
        _synced.Add(folder);
    }

    private string FolderOf(string hash) => Path.Combine(_folder.Path, hash[..2]);

    private async Task<byte[]> ReadAsync(string hash)
    {
        await using var file = Sut.OpenRead(hash)!;
        using var read = new MemoryStream();
        await file.CopyToAsync(read);
        return read.ToArray();
    }
}
