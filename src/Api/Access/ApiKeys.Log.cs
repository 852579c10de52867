using Microsoft.Extensions.Logging;

namespace Waqtor.Api.Access;

internal sealed partial class ApiKeys
{
    [LoggerMessage(4101, LogLevel.Warning, "The last use of an API key could not be noted.")]
    private partial void LogTouchFailed(Exception exception);
}
