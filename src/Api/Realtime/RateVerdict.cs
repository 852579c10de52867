namespace Waqtor.Api.Realtime;

/// <summary>What becomes of a client's message.</summary>
internal enum RateVerdict
{
    Pass = 0,
    /// <summary>It is left out, and the client is told why.</summary>
    Warn = 1,
    /// <summary>It was told often enough.</summary>
    Close = 2,
    /// <summary>Too many bytes of its address in a second.</summary>
    TooManyBytes = 3,
}
