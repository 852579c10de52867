using Waqtor.Messages;

namespace Waqtor.Sending;

/// <summary>A message that waits for its turn in an instance's queue. The message itself is durable in its conversation.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.send-ticket")]
public sealed record SendTicket(
    [property: Id(0)] string ConversationId,
    [property: Id(1)] string MessageId,
    [property: Id(2)] MessageAuthor Author);
