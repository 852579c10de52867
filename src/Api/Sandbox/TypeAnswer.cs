namespace Waqtor.Api.Sandbox;

/// <summary>A text was typed on a phone and delivered to the instance.</summary>
/// <param name="ProviderMessageId">The simulated WhatsApp's id of it.</param>
/// <param name="DeliveryId">The trace is under this id.</param>
/// <param name="Stored">1, unless it was spooled.</param>
/// <param name="Duplicates">1 when the fault of doubling struck.</param>
/// <param name="Spooled">The store was down: kept in the spool.</param>
public sealed record TypeAnswer(string ProviderMessageId, string DeliveryId, int Stored, int Duplicates, bool Spooled);
