using Waqtor.Conversations;

namespace Waqtor.Sending;

/// <summary>
/// How late an attempt to send may begin. What <see cref="ConversationOptions.SendReportTimeoutSeconds"/> leaves beside
/// <see cref="SendingOptions.AttemptTimeoutSeconds"/> is shared: a quarter for the conversation's write, half for what the
/// sender does first, a quarter for the report. An attempt that begins later could still run when the next one begins.
/// </summary>
internal static class SendSlack
{
    public static TimeSpan OfConversation(ConversationOptions conversations, SendingOptions sending) => Of(conversations, sending) / 4;

    public static TimeSpan OfSender(ConversationOptions conversations, SendingOptions sending) => Of(conversations, sending) / 2;

    private static TimeSpan Of(ConversationOptions conversations, SendingOptions sending) =>
        conversations.SendReportTimeout - TimeSpan.FromSeconds(sending.AttemptTimeoutSeconds);
}
