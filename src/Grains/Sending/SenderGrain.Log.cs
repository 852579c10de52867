using Microsoft.Extensions.Logging;

namespace Waqtor.Sending;

public sealed partial class SenderGrain
{
    [LoggerMessage(1, LogLevel.Debug, "Attempt {Attempt} of message {MessageId} ended: {Outcome} {Code}.")]
    private static partial void LogAttempted(ILogger logger, string messageId, int attempt, SendOutcome outcome, string? code);

    [LoggerMessage(2, LogLevel.Warning, "The instance of message {MessageId} could not be asked for its settings.")]
    private static partial void LogConfigurationFailed(ILogger logger, Exception exception, string messageId);

    [LoggerMessage(3, LogLevel.Error, "The sender of message {MessageId} failed in a way it should have reported itself.")]
    private static partial void LogSenderFailed(ILogger logger, Exception exception, string messageId);

    [LoggerMessage(4, LogLevel.Warning, "The conversation of message {MessageId} could not be told how the attempt ended (report {Report}).")]
    private static partial void LogReportFailed(ILogger logger, Exception exception, string messageId, int report);
}
