using Waqtor.Messages;

namespace Waqtor.Sending;

/// <summary>A message that waits for its turn in an instance's queue. The message itself is durable in its conversation.</summary>
/// <param name="WindowEndsAt">End of the contact's service window: a message before it costs no contact of a daily limit. Null: the contact never wrote.</param>
/// <param name="WrittenOutsideWindowAt">When the contact was last written to outside its window: for 24 hours it is one contact. Null: never.</param>
[GenerateSerializer, Immutable, Alias("waqtor.send-ticket")]
public sealed record SendTicket(
    [property: Id(0)] string ConversationId,
    [property: Id(1)] string MessageId,
    [property: Id(2)] MessageAuthor Author,
    [property: Id(3)] DateTimeOffset? WindowEndsAt = null,
    [property: Id(4)] DateTimeOffset? WrittenOutsideWindowAt = null);
