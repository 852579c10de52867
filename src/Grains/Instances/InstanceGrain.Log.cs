using Microsoft.Extensions.Logging;

namespace Waqtor.Instances;

public sealed partial class InstanceGrain
{
    [LoggerMessage(1, LogLevel.Warning, "The directory or the nodes could not be told of a change of instance {Instance}; trying again.")]
    private static partial void LogDirectoryFailed(ILogger logger, Exception exception, string instance);
}
