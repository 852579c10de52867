using Microsoft.Extensions.Logging;

namespace Waqtor.Api.Spooling;

internal sealed partial class SpoolReplayer
{
    [LoggerMessage(4311, LogLevel.Debug, "A spooled delivery was not taken by the store ({Error}); it is tried again.")]
    private partial void LogReplayFailed(string error);

    [LoggerMessage(4312, LogLevel.Information, "{Count} spooled deliveries are stored; {Pending} wait.")]
    private partial void LogReplayed(int count, int pending);

    [LoggerMessage(4313, LogLevel.Warning, "Spooled delivery {DeliveryId} cannot be stored ({Reason}); it is parked.")]
    private partial void LogParked(string deliveryId, string reason);
}
