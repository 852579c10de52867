namespace Waqtor.Archive;

/// <summary>Whether the searchable history works; for <c>/health/ready</c>.</summary>
public interface IArchiveHealth
{
    /// <summary>Writes one durable mark and reads it back, the way events are written. Never throws but for the token.</summary>
    Task<ArchiveHealthReport> CheckAsync(CancellationToken cancellationToken = default);
}
