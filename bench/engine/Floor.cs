using System.Diagnostics;

namespace EngineBench;

/// <summary>
/// What the disk gives at best: 88 KB appended and synced, which is about what a group of 64 writes is.
/// </summary>
internal static class Floor
{
    public static Task RunAsync(string folder)
    {
        var path = Path.Combine(folder, $"floor-{Guid.NewGuid():N}");
        foreach (var bytes in new[] { 4 * 1024, 88 * 1024 })
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.SetLength(64 * 1024 * 1024);
            var block = new byte[bytes];
            var watch = Stopwatch.StartNew();
            var count = 0;
            var times = new List<double>();
            while (watch.Elapsed < TimeSpan.FromSeconds(2))
            {
                if (file.Position > 60 * 1024 * 1024) file.Position = 0;
                var started = Stopwatch.GetTimestamp();
                file.Write(block);
                file.Flush(flushToDisk: true);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                count++;
            }

            Table.Row(
                $"the disk alone: {bytes / 1024} KB written and synced", count / watch.Elapsed.TotalSeconds, "/s");
            times.Sort();
            Table.Row("   99 of 100", times[(int)(times.Count * .99)] * 1000, "us");
        }

        File.Delete(path);
        return Task.CompletedTask;
    }
}
