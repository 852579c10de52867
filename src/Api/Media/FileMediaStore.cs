using System.Security.Cryptography;
using Waqtor.Api.Spooling;

namespace Waqtor.Api.Media;

/// <summary>
/// Files under <c>media/ab/cdef…</c>, the hash split after two characters. A file is written beside its place, synced
/// and renamed, so that what stands under a hash is always whole.
/// </summary>
internal sealed class FileMediaStore(string root) : IMediaStore
{
    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef");

    public async Task<string> PutAsync(ReadOnlyMemory<byte> content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var folder = Path.Combine(root, hash[..2]);
        var path = Path.Combine(folder, hash[2..]);
        if (File.Exists(path)) return hash;

        // Syncing a file blocks a thread; it must not be one that answers requests.
        await Task.Run(() => Write(folder, path, content));
        return hash;
    }

    public Stream? OpenRead(string hash)
    {
        // What becomes part of a path is looked at first.
        if (hash.Length != SHA256.HashSizeInBytes * 2 || hash.AsSpan().IndexOfAnyExcept(HexDigits) >= 0) return null;
        var path = Path.Combine(root, hash[..2], hash[2..]);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, useAsync: true) : null;
    }

    private void Write(string folder, string path, ReadOnlyMemory<byte> content)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            DirectorySync.Sync(root);
        }

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

        DirectorySync.Sync(folder);
    }
}
