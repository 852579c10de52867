using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Waqtor.Api.Media;

/// <summary>
/// Files under <c>media/ab/cdef…</c>, the hash split after two characters. A file is written beside its place, synced
/// and renamed, so that what stands under a hash is always whole. That it stands there says nothing of a power cut: whoever
/// renamed it may not have synced the folder yet, or failed to, and so each one syncs it before it believes in the file.
/// </summary>
/// <param name="root">The folder of all; nodes may share it.</param>
/// <param name="syncFolder">Makes the names in a folder durable.</param>
internal sealed class FileMediaStore(string root, Action<string> syncFolder) : IMediaStore
{
    // Nobody writes one file for as long; what is older was left by a crash.
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(1);
    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef");

    // Folders whose own names are durable, as this process knows; at most 256.
    private readonly ConcurrentDictionary<string, bool> _named = new(StringComparer.Ordinal);

    public async Task<string> PutAsync(ReadOnlyMemory<byte> content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var folder = Path.Combine(root, hash[..2]);
        var path = Path.Combine(folder, hash[2..]);

        // Syncing blocks a thread; it must not be one that answers requests.
        await Task.Run(() => Keep(folder, path, content));
        return hash;
    }

    public Stream? OpenRead(string hash)
    {
        // What becomes part of a path is looked at first.
        if (hash.Length != SHA256.HashSizeInBytes * 2 || hash.AsSpan().IndexOfAnyExcept(HexDigits) >= 0) return null;
        var path = Path.Combine(root, hash[..2], hash[2..]);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, useAsync: true) : null;
    }

    /// <summary>Removes what crashes left half written. Answers how many.</summary>
    public int RemoveLeftovers(DateTimeOffset now)
    {
        if (!Directory.Exists(root)) return 0;
        var removed = 0;
        foreach (var file in Directory.EnumerateFiles(root, "*.tmp", SearchOption.AllDirectories))
        {
            if (File.GetLastWriteTimeUtc(file) >= now - LeftoverAge) continue;
            File.Delete(file);
            removed++;
        }

        return removed;
    }

    private void Keep(string folder, string path, ReadOnlyMemory<byte> content)
    {
        if (!File.Exists(path)) Write(folder, path, content);
        syncFolder(folder);
        if (_named.ContainsKey(folder)) return;
        syncFolder(root);
        _named[folder] = true;
    }

    private static void Write(string folder, string path, ReadOnlyMemory<byte> content)
    {
        Directory.CreateDirectory(folder);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(file, content.Span, 0);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
