using System.Data.Common;

namespace Waqtor.Archive;

internal sealed class ArchiveHealth(IArchiveStore store) : IArchiveHealth
{
    public async Task<ArchiveHealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        var writable = false;
        try
        {
            var mark = Guid.NewGuid().ToString("N");
            await store.WriteProbeAsync(mark, cancellationToken);
            writable = true;
            var read = await store.ReadProbeAsync(cancellationToken);
            // Another node may have written its own mark meanwhile: any mark shows that reading works.
            return read is null
                ? new ArchiveHealthReport(true, false, "The mark that was written cannot be read.")
                : new ArchiveHealthReport(true, true, null);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            return new ArchiveHealthReport(writable, false, exception.Message);
        }
    }
}
