namespace Waqtor.Api.Inbound;

/// <summary>What became of a delivery's elements, as the provider is told; all counted ones are durable.</summary>
/// <param name="DeliveryId">The trace is under this id.</param>
/// <param name="Stored">New messages, statuses, session changes and notices.</param>
/// <param name="Duplicates">Messages seen before.</param>
/// <param name="Ignored">Nothing to store.</param>
/// <param name="Parked">Kept raw: they could not be read or routed.</param>
/// <param name="Spooled">The store was down: kept in the spool, to be stored in order.</param>
public readonly record struct DeliveryAnswer(string DeliveryId, int Stored, int Duplicates, int Ignored, int Parked, bool Spooled = false);
