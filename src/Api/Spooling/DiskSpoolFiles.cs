using Microsoft.Win32.SafeHandles;

namespace Waqtor.Api.Spooling;

/// <summary>The spool's folder on a disk.</summary>
internal sealed class DiskSpoolFiles(string folder) : ISpoolFiles, IDisposable
{
    private readonly Lock _reading = new();
    private SafeFileHandle? _read;
    private string _readName = "";

    private const string Pattern = "*.spool";

    public IReadOnlyList<string> List() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, Pattern).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)]
        : [];

    public byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    public byte[] Read(string name, long offset, int count)
    {
        var bytes = new byte[count];
        lock (_reading)
        {
            // Mostly one file is read from its beginning to its end.
            var file = ToRead(name);
            var read = 0;
            while (read < count)
            {
                var more = RandomAccess.Read(file, bytes.AsSpan(read), offset + read);
                if (more == 0) throw new EndOfStreamException($"The spool file {name} ends at {offset + read}.");
                read += more;
            }
        }

        return bytes;
    }

    public void Dispose() => StopReading();

    public ISpoolFile Create(string name)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            // The folder's own name must survive as well.
            DirectorySync.Sync(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        }

        var file = new DiskFile(File.OpenHandle(PathOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.Read));
        try
        {
            DirectorySync.Sync(folder);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Truncate(string name, long length)
    {
        using var file = File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.Write);
        RandomAccess.SetLength(file, length);
        RandomAccess.FlushToDisk(file);
    }

    public void Delete(string name)
    {
        if (name == _readName) StopReading();
        File.Delete(PathOf(name));
        DirectorySync.Sync(folder);
    }

    private SafeFileHandle ToRead(string name)
    {
        if (_read is { } open && _readName == name) return open;
        StopReading();
        _read = File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _readName = name;
        return _read;
    }

    private void StopReading()
    {
        lock (_reading)
        {
            _read?.Dispose();
            _read = null;
            _readName = "";
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name);

    private sealed class DiskFile(SafeFileHandle handle) : ISpoolFile
    {
        private long _length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            RandomAccess.Write(handle, bytes, _length);
            _length += bytes.Length;
        }

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();
    }
}
