namespace Waqtor.Archive;

/// <summary>What a look at the archive showed.</summary>
/// <param name="Writable">A mark could be written durably.</param>
/// <param name="Readable">It could be read back over a reader's connection.</param>
/// <param name="Error">Why not, without secrets; null when all is well.</param>
public sealed record ArchiveHealthReport(bool Writable, bool Readable, string? Error)
{
    public bool Healthy => Writable && Readable;
}
