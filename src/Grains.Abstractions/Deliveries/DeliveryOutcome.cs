using System.Text.Json.Serialization;

namespace Waqtor.Deliveries;

/// <summary>What became of a provider's delivery.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DeliveryOutcome>))]
public enum DeliveryOutcome
{
    /// <summary>Every element is stored or was seen before.</summary>
    Stored = 0,
    /// <summary>The store was down: kept in the spool file, to be stored in order.</summary>
    Spooled = 1,
    /// <summary>All or some of it could not be read or routed: the raw body is kept.</summary>
    Parked = 2,
    Refused = 3,
}
