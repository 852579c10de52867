using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Waqtor.Silo.Commands;
using Waqtor.Silo.Data;

namespace Waqtor.House.Tests.Running;

public sealed partial class DataFolderTests : IDisposable
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

    [Theory]
    [InlineData(0b111_111_111)]
    [InlineData(0b010_111_111_111)]
    public void Open_WritableFolderOfSomebodyElse_IsUsedAsItIs(int mode)
    {
        // Only root can make a folder that is somebody else's.
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") return;
        File.SetUnixFileMode(_parent.FullName, (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(Path);
        File.SetUnixFileMode(Path, (UnixFileMode)mode);

        AsAnotherUser(() => DataFolder.Open(Path).Dispose());

        File.GetUnixFileMode(Path).ShouldBe((UnixFileMode)mode);
    }

    [Fact]
    public void Open_FolderThatCannotBeWritten_IsRefusedWithTheKey()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") return;
        File.SetUnixFileMode(_parent.FullName, (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(Path, (UnixFileMode)0b111_101_101);

        Should.Throw<StartupException>(() => AsAnotherUser(() => DataFolder.Open(Path).Dispose()))
            .Reasons.ShouldHaveSingleItem().ShouldStartWith("Waqtor:DataPath: the folder ");
    }

    [Fact]
    public void Open_FolderInUse_IsRefusedWithTheKey()
    {
        using var sut = DataFolder.Open(Path);

        Should.Throw<StartupException>(() => DataFolder.Open(Path)).Reasons.ShouldHaveSingleItem().ShouldStartWith("Waqtor:DataPath: another process uses");
    }

    [Fact]
    public void Open_FolderWhoseLockCannotBeOpened_IsNotTakenForOneInUse()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(Path);
        // A link to itself fails as a read-only disk does: neither for lack of rights nor by somebody else's lock.
        File.CreateSymbolicLink(System.IO.Path.Combine(Path, "waqtor.lock"), "waqtor.lock");

        Should.Throw<StartupException>(() => DataFolder.Open(Path)).Reasons.ShouldHaveSingleItem().ShouldStartWith($"Waqtor:DataPath: the folder {Path} cannot be written: ");
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

    // For files a Linux thread can be somebody else; it ends with it.
    private static void AsAnotherUser(Action action)
    {
        const uint Nobody = 65534;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            _ = SetFileUser(Nobody);
            try
            {
                action();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(uint user);
}
