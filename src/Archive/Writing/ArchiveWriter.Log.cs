using Microsoft.Extensions.Logging;

namespace Waqtor.Archive;

internal sealed partial class ArchiveWriter
{
    [LoggerMessage(1, LogLevel.Warning, "A transaction of {Calls} calls failed; each is written alone now.")]
    private partial void LogGroupFailed(Exception exception, int calls);

    [LoggerMessage(2, LogLevel.Error, "The archive could not keep {Events} events; the caller has them still.")]
    private partial void LogAppendFailed(Exception exception, int events);
}
