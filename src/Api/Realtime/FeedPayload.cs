using System.Text.Json;
using Waqtor.Events;

namespace Waqtor.Api.Realtime;

/// <summary>What an event carries: the same records, in the same JSON, as the REST API answers.</summary>
internal static class FeedPayload
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public static byte[] Write(DomainEvent told) => told switch
    {
        { NoticeJson: { } json } => Compact(json),
        { Message: { } message } => Of(message),
        { Conversation: { } conversation } => Of(conversation),
        { Batch: { } batch } => Of(batch),
        { Session: { } session } => Of(new
        {
            told.Instance, session.Status, session.ChangedAt, session.Reason, session.QrCode, session.PairingCode, session.Phone, session.ProfileName,
        }),
        { Reply: { } reply } => Of(reply),
        { Rule: { } rule } => Of(new { told.Instance, rule.Change, rule.RuleId, rule.Name, rule.ModelVersion }),
        { Delivery: { } delivery } => Of(delivery),
        { Status: { } status } => Of(status),
        _ => Of(new { told.Instance, told.ConversationId }),
    };

    private static byte[] Of<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);

    // Told by others: it may have line breaks, which would end a line of an event stream, or be no JSON at all.
    private static byte[] Compact(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonSerializer.SerializeToUtf8Bytes(document.RootElement, Json);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToUtf8Bytes(json, Json);
        }
    }
}
