using Microsoft.Extensions.Logging;

namespace Waqtor.Conversations;

public sealed partial class ConversationGrain
{
    [LoggerMessage(1, LogLevel.Warning, "A conversation's last write failed; what was told may be told once more.")]
    private static partial void LogLastWriteFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Conversation {ConversationId} had work past its time and goes on.")]
    private static partial void LogRedriven(ILogger logger, string conversationId);

    [LoggerMessage(3, LogLevel.Warning, "A call for conversation {ConversationId} failed; it will be made again.")]
    private static partial void LogCallFailed(ILogger logger, Exception exception, string conversationId);
}
