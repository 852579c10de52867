using Waqtor.Conversations;

namespace Waqtor.WhatsApp;

/// <summary>
/// Our own ids, sent along as <c>biz_opaque_callback_data</c> and returned with every status: with them a status finds
/// its message even when it comes before the answer of the send that caused it.
/// </summary>
internal static class CallbackData
{
    public static string Write(string messageId, string conversationId) => $"{messageId}|{conversationId}";

    /// <summary>Two nulls when it is not ours.</summary>
    public static (string? MessageId, string? ConversationId) Read(string? data)
    {
        if (data is null) return default;
        var bar = data.IndexOf('|', StringComparison.Ordinal);
        if (bar <= 0 || !data.StartsWith(IdPrefix.Message + "_", StringComparison.Ordinal)) return default;
        return ConversationKey.TryParse(data[(bar + 1)..], out var conversation) ? (data[..bar], conversation.Id) : default;
    }
}
