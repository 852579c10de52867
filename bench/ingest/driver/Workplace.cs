using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>Folders for data, on the disk of the repository: a temporary folder in memory would make syncs free.</summary>
public sealed class Workplace : IDisposable
{
    public Workplace() => Path = Directory.CreateDirectory(
        System.IO.Path.Combine(Repository.Root, "artifacts", "bench", System.IO.Path.GetRandomFileName())).FullName;

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
