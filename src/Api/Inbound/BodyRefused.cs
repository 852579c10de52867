namespace Waqtor.Api.Inbound;

/// <summary>Why a body was not read to its end.</summary>
internal enum BodyRefused
{
    No,
    TooLarge,
    /// <summary>Too many bytes of other bodies are in hand.</summary>
    NoRoom,
}
