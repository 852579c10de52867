namespace Waqtor;

/// <summary>UUID v7 ids on the injected clock (RFC 9562, section 5.7).</summary>
public sealed class UuidIdSource(TimeProvider clock) : IIdSource
{
    /// <inheritdoc />
    public string New(string prefix) => $"{prefix}_{Guid.CreateVersion7(clock.GetUtcNow())}";
}
