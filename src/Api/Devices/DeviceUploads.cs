using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Waqtor.Api.Spooling;

namespace Waqtor.Api.Devices;

/// <summary>
/// Unfinished uploads as files, <c>uploads/{session}/{hash of the message's id}</c>: a <c>.json</c> that says what will
/// come and a <c>.part</c> with what came. A chunk is synced before it is acknowledged, so the length of the part is the
/// place to go on from after a crash. What a power cut may do to a file's end is found by the hash over the whole.
/// </summary>
internal sealed class DeviceUploads(string root, TimeProvider clock, IOptions<DeviceMessagesOptions> options)
{
    private static readonly TimeSpan RecountPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);
    private readonly Lock _countLock = new();
    private int _uploads;
    private long _bytes;
    private long? _recountedAt;

    /// <summary>Counts what an earlier life left. Before the first request.</summary>
    public void Open()
    {
        Directory.CreateDirectory(root);
        foreach (var manifest in Manifests())
        {
            if (ReadManifest(manifest) is { } message) Count(1, message.UploadSize);
            else Remove(manifest);
        }
    }

    /// <summary>Begins an upload or finds it again. Null: there is no room for one more.</summary>
    public Task<DeviceUpload?> BeginAsync(string session, DeviceMessage message) => RunAsync(session, message.Id, manifest =>
    {
        if (ReadManifest(manifest) is { } known)
        {
            if (known.IsSameAs(message))
            {
                // Begun again after a later message got through, it has another place, and perhaps other words about it.
                if (known != message) Replace(manifest, message);
                return new DeviceUpload(message, Length(manifest));
            }

            // Another content under the same id: what came of the first is worth nothing any more.
            Forget(manifest, known);
        }

        var folder = Path.GetDirectoryName(manifest)!;
        if (CountUploads(folder) >= options.Value.SessionUploadsMax) return null;
        if (!Count(1, message.UploadSize)) return null;
        try
        {
            Make(manifest, message);
        }
        catch (DirectoryNotFoundException)
        {
            // A sweep took the old, empty folder in this very moment. The one that is made now is new, and stays.
            Make(manifest, message);
        }

        return new DeviceUpload(message, 0);
    });

    /// <summary>Null: there is none.</summary>
    public Task<DeviceUpload?> FindAsync(string session, string messageId) => RunAsync(session, messageId, Read);

    /// <summary>
    /// Takes a chunk. One that is here already changes nothing; one that leaves a gap or goes beyond the end is not taken:
    /// the answer says what is here.
    /// </summary>
    public Task<(DeviceUpload? Upload, bool Taken)> AppendAsync(string session, string messageId, long offset, ReadOnlyMemory<byte> chunk) =>
        RunAsync<(DeviceUpload?, bool)>(session, messageId, manifest =>
        {
            if (Read(manifest) is not { } upload) return (null, false);
            var end = offset + chunk.Length;
            if (end <= upload.Received) return (upload, true);
            if (offset > upload.Received || end > upload.Message.UploadSize) return (upload, false);
            using (var file = File.OpenHandle(Part(manifest), FileMode.Open, FileAccess.Write))
            {
                RandomAccess.Write(file, chunk.Span, offset);
                RandomAccess.FlushToDisk(file);
            }

            return (upload with { Received = end }, true);
        });

    /// <summary>What came, whole.</summary>
    public Task<byte[]?> ReadAsync(string session, string messageId) =>
        RunAsync(session, messageId, manifest => File.Exists(Part(manifest)) ? File.ReadAllBytes(Part(manifest)) : null);

    /// <summary>Ends an upload, whether it arrived or was given up.</summary>
    public Task RemoveAsync(string session, string messageId) => RunAsync(session, messageId, manifest =>
    {
        if (ReadManifest(manifest) is { } message) Forget(manifest, message);
        return true;
    });

    /// <summary>
    /// Removes uploads nobody went on with, with whatever a crash left of one, and the folders of sessions that have had none for as
    /// long. Answers how many uploads.
    /// </summary>
    public int Sweep()
    {
        var oldest = clock.GetUtcNow() - TimeSpan.FromHours(options.Value.UploadExpiryHours);
        var removed = 0;
        // By any of its files: a crash may leave each of them without the others.
        var manifests = Files("*").Select(static file => Path.ChangeExtension(file, ".json")).Distinct(StringComparer.Ordinal);
        foreach (var manifest in manifests.Where(manifest => LastChunkAt(manifest) < oldest).ToList())
        {
            var gate = Gate(manifest);
            if (!gate.Wait(0, CancellationToken.None)) continue;
            try
            {
                // It may have been begun meanwhile.
                if (LastChunkAt(manifest) >= oldest) continue;
                if (ReadManifest(manifest) is { } message) Forget(manifest, message);
                else Remove(manifest);
                removed++;
            }
            finally
            {
                gate.Release();
            }
        }

        RemoveFolders(oldest);
        Recount();
        return removed;
    }

    // Empty for long: an upload that ends leaves its folder to the next one of the session.
    private void RemoveFolders(DateTimeOffset oldest)
    {
        foreach (var folder in Directory.GetDirectories(root))
        {
            if (Directory.GetLastWriteTimeUtc(folder) >= oldest) continue;
            try
            {
                if (!Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
            }
            catch (IOException)
            {
                // An upload was begun in it, or another node removed it.
            }
        }
    }

    // Files of one upload are touched by one at a time, and away from the threads that answer requests.
    private async Task<T> RunAsync<T>(string session, string messageId, Func<string, T> work)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)))[..32];
        var manifest = Path.Combine(root, session, name + ".json");
        var gate = Gate(manifest);
        await gate.WaitAsync();
        try
        {
            return await Task.Run(() => work(manifest));
        }
        finally
        {
            gate.Release();
        }
    }

    // A fixed number of gates: two uploads may share one, which only makes them take turns.
    private SemaphoreSlim Gate(string manifest) =>
        _gates.GetOrAdd(Path.GetFileName(manifest)[..2], static _ => new SemaphoreSlim(1));

    private static DeviceUpload? Read(string manifest) => ReadManifest(manifest) is { } message ? new DeviceUpload(message, Length(manifest)) : null;

    private static DeviceMessage? ReadManifest(string manifest)
    {
        try
        {
            return File.Exists(manifest) && File.Exists(Part(manifest))
                ? JsonSerializer.Deserialize<DeviceMessage>(File.ReadAllBytes(manifest))
                : null;
        }
        catch (JsonException)
        {
            // Torn by a power cut before it was acknowledged: as if it had never begun.
            return null;
        }
    }

    private static int CountUploads(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*.json").Length;
        }
        catch (DirectoryNotFoundException)
        {
            return 0;
        }
    }

    private void Make(string manifest, DeviceMessage message)
    {
        var folder = Path.GetDirectoryName(manifest)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            DirectorySync.Sync(root);
        }

        Write(Part(manifest), [], FileMode.Create);
        Write(manifest, JsonSerializer.SerializeToUtf8Bytes(message), FileMode.Create);
        DirectorySync.Sync(folder);
    }

    private void Forget(string manifest, DeviceMessage message)
    {
        Remove(manifest);
        Count(-1, -message.UploadSize);
    }

    // By way of another file, which a crash may tear: without a manifest, what came so far would be lost.
    private static void Replace(string manifest, DeviceMessage message)
    {
        var next = Next(manifest);
        Write(next, JsonSerializer.SerializeToUtf8Bytes(message), FileMode.Create);
        File.Move(next, manifest, overwrite: true);
        DirectorySync.Sync(Path.GetDirectoryName(manifest)!);
    }

    private static void Remove(string manifest)
    {
        File.Delete(manifest);
        File.Delete(Next(manifest));
        File.Delete(Part(manifest));
    }

    private bool Count(int uploads, long bytes)
    {
        lock (_countLock)
        {
            if (uploads > 0 && IsFull(uploads, bytes))
            {
                // Who is refused asks again at once: not each time is worth a look through all of them.
                if (_recountedAt is not { } at || clock.GetElapsedTime(at) >= RecountPause) Recount();
                if (IsFull(uploads, bytes)) return false;
            }

            _uploads = Math.Max(0, _uploads + uploads);
            _bytes = Math.Max(0, _bytes + bytes);
            return true;
        }
    }

    private bool IsFull(int uploads, long bytes) => _uploads + uploads > options.Value.UploadsMax || _bytes + bytes > options.Value.UploadBytesMax;

    // Nodes that share the folder end one another's uploads, which none of them can count by itself.
    private void Recount()
    {
        lock (_countLock)
        {
            var sizes = Manifests().Select(Size).Where(size => size > 0).ToList();
            _uploads = sizes.Count;
            _bytes = sizes.Sum();
            _recountedAt = clock.GetTimestamp();
        }
    }

    private static long Size(string manifest)
    {
        try
        {
            return ReadManifest(manifest)?.UploadSize ?? 0;
        }
        catch (IOException)
        {
            // Ended between being listed and being read.
            return 0;
        }
    }

    private IEnumerable<string> Manifests() => Files("*.json");

    private IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories);

    private static string Next(string manifest) => Path.ChangeExtension(manifest, ".next");

    private static string Part(string manifest) => Path.ChangeExtension(manifest, ".part");

    private static long Length(string manifest) => new FileInfo(Part(manifest)).Length;

    private static DateTimeOffset LastChunkAt(string manifest) =>
        File.Exists(Part(manifest)) ? File.GetLastWriteTimeUtc(Part(manifest)) : DateTimeOffset.MinValue;

    private static void Write(string path, ReadOnlySpan<byte> content, FileMode mode)
    {
        using var file = File.OpenHandle(path, mode, FileAccess.Write);
        RandomAccess.Write(file, content, 0);
        RandomAccess.FlushToDisk(file);
    }
}
