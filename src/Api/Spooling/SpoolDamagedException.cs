namespace Waqtor.Api.Spooling;

/// <summary>A spool file is damaged in its middle: something acknowledged would be skipped, so the start refuses.</summary>
public sealed class SpoolDamagedException(string file, long offset, string what)
    : Exception($"The spool file {file} is damaged at byte {offset}: {what} Restore it from a copy, or move it away to start without the deliveries in it.")
{
    public string File { get; } = file;
    public long Offset { get; } = offset;
}
