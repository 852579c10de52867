using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging.Abstractions;
using Waqtor.Api.Spooling;

namespace Waqtor.Silo.Instances;

/// <summary>
/// The folder of the keys that protect credentials, synced before a key is used. The framework's own repository leaves
/// a new key in the page cache: a power cut would take it, while the credentials it protects stay and can never be read again.
/// </summary>
internal sealed class SyncedKeyFolder(DirectoryInfo folder) : FileSystemXmlRepository(folder, NullLoggerFactory.Instance)
{
    public override void StoreElement(XElement element, string friendlyName)
    {
        base.StoreElement(element, friendlyName);
        foreach (var file in System.IO.Directory.EnumerateFiles(Directory.FullName, "*.xml"))
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }

        DirectorySync.Sync(Directory.FullName);
    }
}
