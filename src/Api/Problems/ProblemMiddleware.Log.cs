using Microsoft.Extensions.Logging;

namespace Waqtor.Api.Problems;

internal sealed partial class ProblemMiddleware
{
    [LoggerMessage(4001, LogLevel.Error, "A request failed unexpectedly.")]
    private partial void LogUnexpected(Exception exception);

    [LoggerMessage(4002, LogLevel.Warning, "A request was answered 503: {Error}: {Message}")]
    private partial void LogStoreUnavailable(string error, string message);
}
