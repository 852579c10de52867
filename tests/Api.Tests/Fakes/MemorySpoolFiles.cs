using System.Collections.Concurrent;
using Waqtor.Api.Spooling;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>A spool folder in memory that tells synced bytes from others, notes the order of what was done, and can fail.</summary>
internal sealed class MemorySpoolFiles : ISpoolFiles
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, File> _files = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Steps { get; } = new();
    public bool AppendFails { get; set; }
    public bool SyncFails { get; set; }
    public ManualResetEventSlim SyncMayGo { get; } = new(true);

    public IReadOnlyList<string> Names
    {
        get { lock (_gate) return [.. _files.Keys]; }
    }

    public IReadOnlyList<string> List() => Names;

    public byte[] Read(string name)
    {
        lock (_gate) return [.. _files[name].Bytes];
    }

    public byte[] Read(string name, long offset, int count)
    {
        lock (_gate) return [.. _files[name].Bytes.Skip((int)offset).Take(count)];
    }

    public ISpoolFile Create(string name)
    {
        var file = new File(this);
        lock (_gate) _files.Add(name, file);
        return file;
    }

    public void Truncate(string name, long length)
    {
        lock (_gate) _files[name].Cut((int)length);
    }

    public void Delete(string name)
    {
        lock (_gate) _files.Remove(name);
        Steps.Enqueue("delete");
    }

    public void Put(string name, byte[] bytes)
    {
        var file = new File(this);
        file.Bytes.AddRange(bytes);
        lock (_gate) _files[name] = file;
    }

    /// <summary>The power fails: what was not synced is gone.</summary>
    public MemorySpoolFiles AfterPowerCut()
    {
        var after = new MemorySpoolFiles();
        lock (_gate)
        {
            foreach (var (name, file) in _files) after.Put(name, [.. file.Bytes.Take(file.Synced)]);
        }

        return after;
    }

    private sealed class File(MemorySpoolFiles files) : ISpoolFile
    {
        public List<byte> Bytes { get; } = [];
        public int Synced { get; private set; }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            if (files.AppendFails) throw new IOException("No space left on device");
            lock (files._gate) Bytes.AddRange(bytes);
            files.Steps.Enqueue("append");
        }

        public void Sync()
        {
            files.SyncMayGo.Wait();
            if (files.SyncFails) throw new IOException("Input/output error");
            lock (files._gate) Synced = Bytes.Count;
            files.Steps.Enqueue("sync");
        }

        public void Cut(int length)
        {
            Bytes.RemoveRange(length, Bytes.Count - length);
            Synced = Math.Min(Synced, length);
        }

        public void Dispose()
        {
        }
    }
}
