using System.Globalization;
using Waqtor.Silo.Commands;

namespace Waqtor.Silo.Data;

/// <summary>
/// The folder of all files, held by this process alone: two processes on one store would each believe that a message
/// is theirs to answer. The operating system lets the lock go when the process dies, however it dies.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode ForOthers = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const UnixFileMode Rights = OwnerOnly | ForOthers | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <exception cref="StartupException">It cannot be made or written, or another process has it.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Make(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Waqtor:DataPath: the folder {full} cannot be made or used: {exception.Message}");
        }

        try
        {
            // Not deleted at the end: a second process may be waiting on the very file.
            var file = new FileStream(System.IO.Path.Combine(full, "waqtor.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Note(file);
            return new DataFolder(full, file);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartupException($"Waqtor:DataPath: the folder {full} cannot be written: {exception.Message}");
        }
        catch (IOException exception) when (IsTaken(exception))
        {
            throw new StartupException($"Waqtor:DataPath: another process uses the folder {full}. Stop it, or give this one its own folder.");
        }
        catch (IOException exception)
        {
            throw new StartupException($"Waqtor:DataPath: the folder {full} cannot be written: {exception.Message} Is it on a disk that is full or read-only?");
        }
    }

    /// <summary>Why the path can never be a folder, without making anything; null: it can, as far as can be seen.</summary>
    public static string? FindUnusable(string path)
    {
        for (var part = System.IO.Path.GetFullPath(path); part is not null && !Directory.Exists(part); part = System.IO.Path.GetDirectoryName(part))
        {
            if (File.Exists(part)) return $"Waqtor:DataPath: {part} is a file; a folder is needed.";
        }

        return null;
    }

    /// <summary>A folder inside, readable by its owner only.</summary>
    public DirectoryInfo MakePrivateFolder(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Make(path);
        return new DirectoryInfo(path);
    }

    public void Dispose() => _lock.Dispose();

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly);
        var mode = File.GetUnixFileMode(path);
        if ((mode & Rights) == OwnerOnly) return;
        try
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            // Only its owner may: a mounted volume is often root's and only lent to us. Whether it can be written the lock file tells.
            if ((mode & ForOthers) != 0) Console.Error.WriteLine($"Warning: Waqtor:DataPath: {path} belongs to somebody else and is open to more than this user.");
        }
    }

    // What the system says of a lock that somebody else holds: a sharing violation on Windows, EWOULDBLOCK on Linux and on macOS.
    private static bool IsTaken(IOException exception) => OperatingSystem.IsWindows()
        ? (exception.HResult & 0xFFFF) == 32
        : exception.HResult == (OperatingSystem.IsLinux() ? 11 : 35);

    // For people who look: who has it.
    private static void Note(FileStream file)
    {
        file.SetLength(0);
        using var writer = new StreamWriter(file, leaveOpen: true);
        writer.WriteLine(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }
}
