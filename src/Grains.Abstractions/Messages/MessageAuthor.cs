using System.Text.Json.Serialization;

namespace Waqtor.Messages;

/// <summary>Who wrote an outbound message; the order is the order of sending when the limit is reached.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MessageAuthor>))]
public enum MessageAuthor
{
    Person = 0,
    Bot = 1,
    Campaign = 2,
    /// <summary>Typed on the business's own phone; never sent by this server.</summary>
    Phone = 3,
}
