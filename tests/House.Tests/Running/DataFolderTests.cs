using Waqtor.Silo.Commands;
using Waqtor.Silo.Data;

namespace Waqtor.House.Tests.Running;

public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("waqtor-house-");

    private string Path => System.IO.Path.Combine(_parent.FullName, "data");

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public void Open_NewFolder_IsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows()) return;
        using var sut = DataFolder.Open(Path);

        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Open_FolderThatOthersCouldRead_IsClosedToThem()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(Path, (UnixFileMode)0b111_101_101);

        using var sut = DataFolder.Open(Path);

        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Open_FolderInUse_IsRefusedWithTheKey()
    {
        using var sut = DataFolder.Open(Path);

        Should.Throw<StartupException>(() => DataFolder.Open(Path)).Reasons.ShouldHaveSingleItem().ShouldStartWith("Waqtor:DataPath: another process uses");
    }

    [Fact]
    public void Open_AfterItWasLetGo_Works()
    {
        DataFolder.Open(Path).Dispose();

        Should.NotThrow(() => DataFolder.Open(Path).Dispose());
    }

    [Fact]
    public void Open_PathThatIsAFile_IsRefusedWithTheKey()
    {
        File.WriteAllText(Path, "");

        Should.Throw<StartupException>(() => DataFolder.Open(Path)).Reasons.ShouldHaveSingleItem().ShouldStartWith("Waqtor:DataPath: ");
    }
}
