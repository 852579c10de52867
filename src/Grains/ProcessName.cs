namespace Waqtor;

/// <summary>
/// One life of one process, named anew with each start. A grain that comes back to memory tells by it whether what it once
/// began can still be running here, or ended with another process.
/// </summary>
public sealed record ProcessName(string Value)
{
    public static ProcessName New() => new(Guid.NewGuid().ToString("N"));
}
