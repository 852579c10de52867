using System.Collections.Immutable;

namespace Waqtor.Messages;

/// <summary>Keys of statuses, none of which was noted after the page was closed.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.status-expiry-page")]
public sealed record StatusExpiryPage([property: Id(0)] DateTimeOffset ClosedAt, [property: Id(1)] ImmutableArray<string> Keys);
