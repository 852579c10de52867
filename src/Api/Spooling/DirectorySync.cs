using System.Runtime.InteropServices;

namespace Waqtor.Api.Spooling;

/// <summary>
/// Syncs a folder, so that a file's name survives a power cut as its content does. .NET cannot open a folder, hence
/// the calls of the C library; Windows journals names by itself.
/// </summary>
public static partial class DirectorySync
{
    private const int ReadOnly = 0;

    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, ReadOnly);
        if (handle < 0) throw new IOException($"The folder {folder} cannot be opened to sync it (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (FileSync(handle) != 0) throw new IOException($"The folder {folder} cannot be synced (error {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FileSync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
