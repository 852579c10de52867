using Microsoft.Extensions.Logging;

namespace Waqtor.Api.Inbound;

internal sealed partial class IngestPipeline
{
    [LoggerMessage(4401, LogLevel.Warning, "The store did not take delivery {DeliveryId} ({Error}); it goes to the spool.")]
    private partial void LogStoreFailed(string deliveryId, string error);

    [LoggerMessage(4402, LogLevel.Error, "Delivery {DeliveryId} could be neither stored nor spooled ({Error}); the provider must send it again.")]
    private partial void LogSpoolFailed(string deliveryId, string error);
}
