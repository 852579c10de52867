using System.Text.Json.Serialization;

namespace Waqtor.Messages;

/// <summary>Seen from the business: <c>inbound</c> came from the customer.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MessageDirection>))]
public enum MessageDirection
{
    Inbound = 0,
    Outbound = 1,
}
