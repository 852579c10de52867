namespace Waqtor.Api.Spooling;

/// <summary>A file that only grows.</summary>
internal interface ISpoolFile : IDisposable
{
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Returns when all that was appended survives a power cut.</summary>
    void Sync();
}
