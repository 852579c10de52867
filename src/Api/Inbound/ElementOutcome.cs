using Waqtor.Deliveries;

namespace Waqtor.Api.Inbound;

/// <summary>Where one element went.</summary>
internal readonly record struct ElementOutcome(string Outcome, string? Reason = null, string? ConversationId = null)
{
    public const string Stored = "stored";
    public const string Duplicate = "duplicate";
    public const string Ignored = "ignored";
    public const string Parked = "parked";

    /// <summary>The line of the delivery's trace.</summary>
    public DeliveryElementRecord ToRecord(WhatsApp.DeliveryElement element) => new(
        element.Path,
        element.Message is not null ? "message"
            : element.Status is not null ? "status"
            : element.Session is not null ? "session"
            : element.Notice is not null ? "notice"
            : "unknown",
        Outcome,
        Reason,
        ConversationId,
        element.Message?.ProviderMessageId ?? element.Status?.ProviderMessageId);
}
