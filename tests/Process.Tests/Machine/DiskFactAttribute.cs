namespace Waqtor.Process.Tests.Machine;

/// <summary>A test on a disk of its own, which needs the right to mount; skipped where there is none.</summary>
public sealed class DiskFactAttribute : FactAttribute
{
    private static readonly string? Missing = TryMount();

    public DiskFactAttribute()
    {
        if (Missing is not null)
            Skip = "a disk image cannot be mounted here: " + Missing;
    }

    private static string? TryMount()
    {
        try
        {
            using var disk = new ImageDisk();
            return null;
        }
        catch (InvalidOperationException failure)
        {
            return failure.Message;
        }
    }
}
