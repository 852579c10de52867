namespace Waqtor.Deliveries;

/// <summary>One element of a delivery and where it went.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.delivery-element-record")]
public sealed record DeliveryElementRecord(
    /// <summary>Where it stood, for example <c>entry[0].changes[1].value.messages[2]</c>.</summary>
    [property: Id(0)] string Path,
    /// <summary><c>message</c>, <c>status</c>, <c>session</c>, <c>notice</c> or <c>unknown</c>.</summary>
    [property: Id(1)] string Type,
    /// <summary><c>stored</c>, <c>duplicate</c>, <c>ignored</c> or <c>parked</c>.</summary>
    [property: Id(2)] string Outcome,
    [property: Id(3)] string? Reason = null,
    [property: Id(4)] string? ConversationId = null,
    [property: Id(5)] string? ProviderMessageId = null);
