using System.Runtime.InteropServices;

namespace Waqtor.Process.Tests.Machine;

/// <summary>
/// An ext4 file system in a file, mounted through a loop device: a disk that a test may fill, freeze, or take the power
/// from. The power cut is the kernel's own (<c>EXT4_IOC_SHUTDOWN</c> without flushing the journal, as file system
/// developers test theirs): from that instant nothing reaches the image, every write fails, and what had not been
/// synced is gone after <see cref="Restore"/>.
/// </summary>
public sealed partial class ImageDisk : IDisposable
{
    // _IOR('X', 125, __u32) and EXT4_GOING_FLAGS_NOLOGFLUSH of the kernel's ext4.h.
    private const uint ShutdownRequest = 0x8004587D;
    private const uint NoLogFlush = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("waqtor-disk-").FullName;
    private bool _frozen;

    public ImageDisk(int megabytes = 64)
    {
        var image = Path.Combine(_folder, "image");
        MountPath = Directory.CreateDirectory(Path.Combine(_folder, "mount")).FullName;
        try
        {
            using (var file = File.Create(image))
                file.SetLength((long)megabytes << 20);
            Command.Run("mkfs.ext4", "-q", "-F", "-m", "0", image);
            Mount();
        }
        catch
        {
            Directory.Delete(_folder, recursive: true);
            throw;
        }
    }

    public string MountPath { get; }

    /// <summary>A folder on the disk for the program's data.</summary>
    public string DataPath => Directory.CreateDirectory(Path.Combine(MountPath, "data")).FullName;

    /// <summary>From now on nothing gets to the disk.</summary>
    public void CutPower()
    {
        var descriptor = Open(MountPath, 0);
        if (descriptor < 0)
            throw new InvalidOperationException($"open {MountPath}: {Marshal.GetLastPInvokeErrorMessage()}");
        var flags = NoLogFlush;
        var result = Ioctl(descriptor, ShutdownRequest, ref flags);
        var failure = Marshal.GetLastPInvokeErrorMessage();
        _ = Close(descriptor);
        if (result != 0)
            throw new InvalidOperationException($"ext4 shutdown: {failure}");
    }

    /// <summary>The power is back: the journal is recovered and what was never synced is gone. Nobody may hold a file open.</summary>
    public void Restore()
    {
        Command.Run("umount", MountPath);
        Mount();
    }

    /// <summary>Every write and sync waits until <see cref="Thaw"/>.</summary>
    public void Freeze()
    {
        Command.Run("fsfreeze", "-f", MountPath);
        _frozen = true;
    }

    public void Thaw()
    {
        _frozen = false;
        Command.Run("fsfreeze", "-u", MountPath);
    }

    /// <summary>Takes all free space; deleting the file it answers gives it back.</summary>
    public string Fill()
    {
        var ballast = Path.Combine(MountPath, "ballast");
        using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        // Down to single blocks, so that not even a small write finds room.
        for (var size = 1 << 20; size >= 512; size /= 2)
        {
            var zeros = new byte[size];
            try
            {
                while (true) file.Write(zeros);
            }
            catch (IOException)
            {
                // Full at this size.
            }
        }
        return ballast;
    }

    public void Dispose()
    {
        if (_frozen) Thaw();
        Command.Run("umount", MountPath);
        Directory.Delete(_folder, recursive: true);
    }

    private void Mount() => Command.Run("mount", "-o", "loop", Path.Combine(_folder, "image"), MountPath);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, ref uint argument);
}
