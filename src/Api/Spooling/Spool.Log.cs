using Microsoft.Extensions.Logging;

namespace Waqtor.Api.Spooling;

internal sealed partial class Spool
{
    [LoggerMessage(4301, LogLevel.Warning, "The spool holds {Count} deliveries of an earlier run; they are stored now.")]
    private partial void LogFound(int count);

    [LoggerMessage(4302, LogLevel.Warning, "The spool file {File} had a torn end, written when the program was killed and acknowledged to nobody; it was cut at byte {Length}.")]
    private partial void LogTorn(string file, long length);

    [LoggerMessage(4303, LogLevel.Error, "The spool could not be written; its waiting deliveries are answered 503 and a new file is begun.")]
    private partial void LogWriteFailed(Exception exception);

    [LoggerMessage(4304, LogLevel.Warning, "The spool file {File} could not be deleted; its deliveries are stored and will be replayed without effect.")]
    private partial void LogDeleteFailed(string file, Exception exception);
}
