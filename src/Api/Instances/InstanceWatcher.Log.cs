using Microsoft.Extensions.Logging;

namespace Waqtor.Api.Instances;

internal sealed partial class InstanceWatcher
{
    [LoggerMessage(4201, LogLevel.Warning, "The instances could not be compared with the directory ({Error}); the known ones go on.")]
    private partial void LogRefreshFailed(string error);

    [LoggerMessage(4202, LogLevel.Debug, "Changes of instances are not hinted at by a stream ({Error}); they are found every 2 s.")]
    private partial void LogNoHints(string error);
}
